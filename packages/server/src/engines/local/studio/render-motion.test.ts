import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { measureVideo } from '../../../media/measure-media.ts'
import { createTaskPool } from '../../../processes/task-pool.ts'
import type { MotionFile, MotionResult, MotionTask } from './studio-task-types.ts'
import { readFrames } from './testing/read-frames.ts'
import { isVideoEncoderAvailable } from './video-encoder.ts'

const folder = mkdtempSync(join(tmpdir(), 'studio-motion-'))
const pool = createTaskPool({ module: new URL('studio-task.ts', import.meta.url), concurrency: 1 })

after(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

async function film(change: Partial<MotionTask>, onProgress?: (percent: number) => void): Promise<MotionFile> {
  const size = { width: 320, height: 180, durationSeconds: 1, fps: 24 as const }
  const outputFolder = mkdtempSync(join(folder, 'film-'))
  const task: MotionTask = {
    ...{ kind: 'motion', prompt: 'A quiet harbour', title: '', pictures: [], style: 'ridges', palette: 'auto' },
    ...{ move: 'dolly-in', isLoop: false, hasSound: false, seed: 3, outputFolder },
    ...size,
    ...change,
  }
  const options = { timeoutMs: 60_000, ...(onProgress && { onProgress }) }
  const { files } = await pool.run<MotionTask, MotionResult>(task, options)
  assert.ok(files[0] && files.length === 1)
  return files[0]
}

/** Decodes one frame; the answer gives red, green and blue of a place. */
async function decodeFrame(path: string, seconds: number): Promise<(x: number, y: number) => number[]> {
  for await (const { width, rgb } of readFrames(path, [seconds])) {
    return (x, y) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
  }
  throw new Error(`There is no frame at ${seconds} s`)
}

test('the packages for video are found without being loaded', async () => {
  assert.equal(await isVideoEncoderAvailable(), true)
})

test('a film of a prompt has the asked size and length, starts at once and reports each step', async () => {
  const seen: number[] = []
  const file = await film({ durationSeconds: 2 }, (percent) => seen.push(percent))
  assert.deepEqual([file.width, file.height, file.durationSeconds], [320, 180, 2])
  const measured = await measureVideo(file.path)
  assert.deepEqual(measured, { type: 'video/mp4', width: 320, height: 180, durationSeconds: 2 })
  assert.ok(readFileSync(file.path).indexOf('moov') < readFileSync(file.path).indexOf('mdat'))
  assert.ok(seen.length >= 48 && seen.at(-1) === 100)
  assert.deepEqual(
    seen,
    [...new Set(seen)].sort((a, b) => a - b),
  )
})

test('the same film has the same bytes a second later', async () => {
  const first = await film({ durationSeconds: 0.5 })
  const made = Math.floor(Date.now() / 1000)
  while (Math.floor(Date.now() / 1000) === made) await new Promise((resolve) => setTimeout(resolve, 20))
  const second = await film({ durationSeconds: 0.5 })
  assert.ok(readFileSync(first.path).equals(readFileSync(second.path)))
})

test('a loop ends where it began', async () => {
  const { path } = await film({ style: 'paper', move: 'zoom-in', isLoop: true, durationSeconds: 2, fps: 30 })
  const [first, middle, last] = await Promise.all([0, 1, 2 - 1 / 30].map((seconds) => decodeFrame(path, seconds)))
  assert.ok(first && middle && last)
  assert.ok(unlike(first, middle) > 4 * unlike(first, last), `${unlike(first, middle)} ${unlike(first, last)}`)
})

/** Mean difference of two frames over a coarse raster of places. */
function unlike(a: (x: number, y: number) => number[], b: (x: number, y: number) => number[]): number {
  let sum = 0
  for (let x = 2; x < 320; x += 6) {
    for (let y = 2; y < 180; y += 6) {
      const other = b(x, y)
      sum += a(x, y).reduce((total, value, channel) => total + Math.abs(value - (other[channel] ?? 0)), 0)
    }
  }
  return sum / (53 * 30 * 3)
}

test('several pictures fade into each other in their order', async () => {
  const pictures = await Promise.all(
    ['#c02020', '#20c020', '#2020c0'].map(async (background, index) => {
      const path = join(folder, `plain-${index}.png`)
      await sharp({ create: { width: 200, height: 120, channels: 3, background } })
        .png()
        .toFile(path)
      return path
    }),
  )
  const { path } = await film({ pictures, durationSeconds: 3 })
  const strongest = async (seconds: number): Promise<number> => {
    const pixel = (await decodeFrame(path, seconds))(160, 90)
    return pixel.indexOf(Math.max(...pixel))
  }
  assert.deepEqual(await Promise.all([0, 1.4, 2.9].map(strongest)), [0, 1, 2])
  const pixel = (await decodeFrame(path, 1.06))(160, 90)
  assert.ok((pixel[0] ?? 0) > 50 && (pixel[1] ?? 0) > 50, `${pixel}`)
})

test('a film may have sound as long as itself, a title, and thirty frames a second', async () => {
  const file = await film({ title: 'Слова', hasSound: true, fps: 30, durationSeconds: 2 })
  const { ALL_FORMATS, FilePathSource, Input } = await import('mediabunny')
  using input = new Input({ source: new FilePathSource(file.path), formats: ALL_FORMATS })
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  assert.ok(video && audio)
  assert.equal(audio.codec, 'aac')
  assert.ok(Math.abs((await audio.computeDuration()) - 2) < 0.1)
  assert.ok(Math.abs((await video.computePacketStats()).averagePacketRate - 30) < 1)
  const plain = await film({ durationSeconds: 2, fps: 30 })
  assert.ok(unlike(await decodeFrame(file.path, 1.5), await decodeFrame(plain.path, 1.5)) > 1, 'the title is seen')
})

test('odd sizes are rounded down to even ones', async () => {
  const file = await film({ width: 201, height: 143, durationSeconds: 0.25 })
  const measured = await measureVideo(file.path)
  assert.deepEqual([file.width, file.height, measured.width, measured.height], [200, 142, 200, 142])
})

test('the picture fills every frame upright, in its own colours, from the first frame to the last', async () => {
  // Lies on its side: upright its upper half is orange and its lower half blue.
  const halves = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#d9652b' } })
    .composite([
      { input: { create: { width: 150, height: 400, channels: 3, background: '#1f3f8f' } }, left: 150, top: 0 },
    ])
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const image = join(folder, 'halves.jpg')
  writeFileSync(image, halves)
  const { path } = await film({ pictures: [image], move: 'orbit' })
  for (const seconds of [0, 0.98]) {
    const colorAt = await decodeFrame(path, seconds)
    const isNear = (x: number, y: number, expected: number[]) => {
      const actual = colorAt(x, y)
      const off = Math.max(...expected.map((value, channel) => Math.abs(value - (actual[channel] ?? -1))))
      assert.ok(off < 10, `at ${seconds} s ${x},${y}: ${actual} is not near ${expected}`)
    }
    for (const x of [1, 160, 318]) {
      isNear(x, 1, [217, 101, 43])
      isNear(x, 178, [31, 63, 143])
    }
  }
})

test('a picture that cannot be decoded fails as an unreachable input', async () => {
  const image = join(folder, 'broken.png')
  const whole = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#888888' } })
    .png()
    .toBuffer()
  for (const bytes of [Buffer.from('no picture'), whole.subarray(0, 60), Buffer.from('<svg width="9" height="9"/>')]) {
    writeFileSync(image, bytes)
    await assert.rejects(film({ pictures: [image] }), {
      code: 'INPUT_UNREACHABLE',
      message: 'The picture cannot be decoded',
    })
  }
  await assert.rejects(film({ pictures: [join(folder, 'absent.png')] }), { code: 'INPUT_UNREACHABLE' })
})
