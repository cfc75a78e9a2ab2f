import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createTaskPool } from '../processes/task-pool.ts'
import { makeMedia } from '../testing/make-media.ts'
import { makeJpeg, makePng } from '../testing/pictures.ts'
import type { Inspection, RenditionTask } from './rendition-task-types.ts'
import { sniffType } from './sniff-type.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-'))
const pool = createTaskPool({ module: new URL('rendition-task.ts', import.meta.url), concurrency: 1 })

after(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

/** What is found out about bytes, by their beginning and then by reading them. */
async function inspect(bytes: Buffer): Promise<Inspection> {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  const contentType = sniffType(bytes.subarray(0, 64))
  assert.ok(contentType)
  return pool.run<RenditionTask, Inspection>({ kind: 'inspect', path, contentType }, { timeoutMs: 30_000 })
}

const SOUNDS = [
  ['wav', 'pcm-s16', 'audio/wav'],
  ['mp3', 'mp3', 'audio/mpeg'],
  ['ogg', 'opus', 'audio/ogg'],
  ['ogg', 'vorbis', 'audio/ogg'],
  ['mp4', 'aac', 'audio/mp4'],
  ['webm', 'opus', 'audio/webm'],
  ['flac', 'flac', 'audio/flac'],
  ['aac', 'aac', 'audio/aac'],
] as const

for (const [container, audio, type] of SOUNDS) {
  test(`${audio} in ${container} is ${type}, with its length`, async () => {
    const { durationSeconds, ...facts } = await inspect(await makeMedia(container, { audio }))
    assert.deepEqual(facts, { type })
    assert.ok(Math.abs((durationSeconds ?? 0) - 1) < 0.1, String(durationSeconds))
  })
}

const VIDEOS = [
  ['mp4', { video: 'avc', audio: 'aac' }, 'video/mp4'],
  ['mov', { video: 'avc' }, 'video/quicktime'],
  ['webm', { video: 'vp8', audio: 'opus' }, 'video/webm'],
] as const

for (const [container, tracks, type] of VIDEOS) {
  test(`${container} with a picture is ${type}, with its size and length`, async () => {
    const { durationSeconds, ...facts } = await inspect(await makeMedia(container, tracks))
    assert.deepEqual(facts, { type, width: 32, height: 24 })
    assert.ok(Math.abs((durationSeconds ?? 0) - 1) < 0.1, String(durationSeconds))
  })
}

test('a whole picture is decoded; a cut one and one of too many pixels are unreadable', async () => {
  assert.deepEqual(await inspect(await makePng(300, 200)), { type: 'image/png', width: 300, height: 200 })
  const jpeg = await makeJpeg(300, 200)
  assert.deepEqual(await inspect(jpeg), { type: 'image/jpeg', width: 300, height: 200 })
  for (const bytes of [jpeg.subarray(0, jpeg.length - 2_000), await makePng(8_000, 7_000)]) {
    await assert.rejects(inspect(bytes), { code: 'MEDIA_UNREADABLE' })
  }
})

test('a container of nothing, and a beginning without the rest, are unreadable', async () => {
  const video = await makeMedia('mp4', { video: 'avc' })
  for (const bytes of [video.subarray(0, 200), Buffer.from('fLaC'), Buffer.from('OggS\0\x02 and nothing more')]) {
    await assert.rejects(inspect(bytes), { code: 'MEDIA_UNREADABLE' })
  }
})
