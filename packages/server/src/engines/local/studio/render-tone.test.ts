import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { measureAudio } from '../../../media/measure-media.ts'
import { createTaskPool } from '../../../processes/task-pool.ts'
import { type SoundFormat, TONE_MOODS, type ToneResult, type ToneTask } from './studio-task-types.ts'
import { frequencyOf } from './tone/harmony.ts'
import { SAMPLE_RATE, synthesize } from './tone/synthesize.ts'

const folder = mkdtempSync(join(tmpdir(), 'studio-tone-'))
const module = new URL('studio-task.ts', import.meta.url)
const pool = createTaskPool({ module, concurrency: 1 })

after(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

async function play(change: Partial<ToneTask>, on = pool, onProgress?: (percent: number) => void): Promise<string> {
  const outputFolder = mkdtempSync(join(folder, 'tone-'))
  const task: ToneTask = {
    ...{
      kind: 'tone',
      prompt: '',
      mood: 'calm',
      key: 'auto',
      durationSeconds: 4,
      format: 'wav',
      seed: 3,
      outputFolder,
    },
    ...change,
  }
  const { files } = await on.run<ToneTask, ToneResult>(task, { timeoutMs: 60_000, ...(onProgress && { onProgress }) })
  assert.equal(files[0]?.durationSeconds, task.durationSeconds)
  return files[0].path
}

const TYPES = { wav: 'audio/wav', mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg' } as const

for (const format of Object.keys(TYPES) as SoundFormat[]) {
  test(`a track is written as ${format}, as long as asked for, with the same bytes in two processes`, async () => {
    const first = await play({ format })
    const measured = await measureAudio(first)
    assert.equal(measured.type, TYPES[format])
    assert.ok(Math.abs(measured.durationSeconds - 4) < 0.12, String(measured.durationSeconds))
    const other = createTaskPool({ module, concurrency: 1 })
    const second = await play({ format }, other)
    await other.close()
    assert.ok(readFileSync(first).equals(readFileSync(second)))
  })
}

test('another seed, prompt, mood or key is another piece', async () => {
  const pieces = [{}, { seed: 4 }, { prompt: 'rain' }, { mood: 'dark' }, { key: 'F#' }] as const
  const bytes = new Set<string>()
  for (const change of pieces) bytes.add(readFileSync(await play({ key: 'C', ...change })).toString('base64'))
  assert.equal(bytes.size, pieces.length)
})

const levelOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)

for (const mood of TONE_MOODS) {
  test(`${mood}: it fades in and out, is heard between on both sides, and never clips`, () => {
    const { left, right } = synthesize({ mood, key: 'auto', durationSeconds: 12, seed: '5' })
    for (const side of [left, right]) {
      assert.equal(side.length, 12 * SAMPLE_RATE)
      assert.ok(Math.abs(side[0] ?? 1) < 1e-3 && Math.abs(side.at(-1) ?? 1) < 1e-3)
      const middle = levelOf(side.subarray(5 * SAMPLE_RATE, 7 * SAMPLE_RATE))
      assert.ok(middle > 0.05 && middle < 0.4, String(middle))
      assert.ok(levelOf(side.subarray(0, SAMPLE_RATE / 10)) < middle / 10)
      assert.ok(levelOf(side.subarray(-SAMPLE_RATE / 10)) < middle / 10)
      assert.ok(side.every((value) => Math.abs(value) < 0.8))
    }
    assert.notDeepEqual(left, right)
  })
}

/** How strong one frequency is, against the whole (Goertzel). */
function strength(samples: Float32Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE)
  let [before, last] = [0, 0]
  for (const sample of samples) [before, last] = [last, sample + turn * last - before]
  return (before ** 2 + last ** 2 - turn * before * last) / samples.length ** 2 / levelOf(samples) ** 2
}

test('the last chord is the one of the key that was asked for', () => {
  for (const [key, pitch] of [
    ['C', 48],
    ['F#', 54],
    ['A', 57],
  ] as const) {
    const { left } = synthesize({ mood: 'calm', key, durationSeconds: 16, seed: '2' })
    const end = left.subarray(9 * SAMPLE_RATE, 13 * SAMPLE_RATE)
    // Its root and its neighbours half a tone away, over the octaves.
    const heard = (shift: number) =>
      [-24, -12, 0, 12].reduce((sum, octave) => sum + strength(end, frequencyOf(pitch + octave + shift)), 0)
    assert.ok(heard(0) > 4 * heard(1) && heard(0) > 4 * heard(-1), key)
  }
})

test('progress grows in whole percents and ends at 100', async () => {
  const seen: number[] = []
  await play({ durationSeconds: 30, format: 'mp3' }, pool, (percent) => seen.push(percent))
  assert.ok(seen.length > 5 && seen.at(-1) === 100)
  assert.deepEqual(
    seen,
    [...new Set(seen)].sort((a, b) => a - b),
  )
})
