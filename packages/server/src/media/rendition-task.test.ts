import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { createTaskPool } from '../processes/task-pool.ts'
import { makeMedia } from '../testing/make-media.ts'
import type { AudioRendition, PreviewRendition, RenditionTask, VideoRendition } from './rendition-task-types.ts'

const folder = mkdtempSync(join(tmpdir(), 'rendition-'))
const pool = createTaskPool({ module: new URL('rendition-task.ts', import.meta.url), concurrency: 1 })
const samples = new URL('../engines/sandbox/assets/', import.meta.url)

after(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const run = (task: RenditionTask) => pool.run<RenditionTask, unknown>(task, { timeoutMs: 30_000 })
const file = (name: string) => join(folder, name)
const sample = (name: string) => new URL(name, samples).pathname
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c8553d' } })

function imageTask(name: string): RenditionTask & { kind: 'image' } {
  return { kind: 'image', path: file(name), webpPath: file(`${name}.out.webp`), pngPath: file(`${name}.out.png`) }
}

test('a PNG gets a WebP form and no second PNG', async () => {
  await picture(60, 40).png().toFile(file('plain.png'))
  const task = imageTask('plain.png')
  assert.deepEqual(await run(task), { type: 'image/png', width: 60, height: 40 })
  const { format, width, height } = await sharp(task.webpPath).metadata()
  assert.deepEqual([format, width, height], ['webp', 60, 40])
  assert.equal(existsSync(task.pngPath), false)
})

test('a JPEG that lies on its side is measured and written upright, without the metadata of its maker', async () => {
  await picture(60, 40).jpeg().withMetadata({ orientation: 6 }).toFile(file('turned.jpg'))
  const task = imageTask('turned.jpg')
  assert.deepEqual(await run(task), { type: 'image/jpeg', width: 40, height: 60, pngPath: task.pngPath })
  for (const path of [task.pngPath, task.webpPath]) {
    const { width, height, exif, orientation } = await sharp(path).metadata()
    assert.deepEqual([width, height, exif, orientation], [40, 60, undefined, undefined])
  }
})

test('of an animated WebP only the first frame is taken', async () => {
  const frames = await Promise.all(
    ['#ff0000', '#0000ff'].map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  await sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toFile(file('moving.webp'))
  const task = imageTask('moving.webp')
  assert.deepEqual(await run(task), { type: 'image/webp', width: 8, height: 8, pngPath: task.pngPath })
  const [red, , blue] = await sharp(task.pngPath).raw().toBuffer()
  assert.ok((red ?? 0) > 240 && (blue ?? 255) < 15)
})

test('what is no picture, a cut picture, an SVG and a picture of too many pixels are unreadable', async () => {
  writeFileSync(file('text.png'), 'this is not a picture')
  writeFileSync(file('drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>')
  const noise = { create: { width: 64, height: 64, channels: 3 as const, noise: { type: 'gaussian' as const } } }
  const whole = await sharp({ create: { ...noise.create, background: '#000000' } })
    .png()
    .toBuffer()
  writeFileSync(file('cut.png'), whole.subarray(0, whole.length / 2))
  await picture(8000, 7000).png().toFile(file('vast.png'))
  for (const name of ['text.png', 'drawing.png', 'cut.png', 'vast.png', 'absent.png']) {
    await assert.rejects(run(imageTask(name)), { code: 'MEDIA_UNREADABLE' }, name)
    assert.equal(existsSync(imageTask(name).pngPath), false)
  }
})

test('a GIF and an AVIF get both forms', async () => {
  for (const format of ['gif', 'avif'] as const) {
    await picture(30, 20)
      .toFormat(format)
      .toFile(file(`picture.${format}`))
    const task = imageTask(`picture.${format}`)
    assert.deepEqual(await run(task), { type: `image/${format}`, width: 30, height: 20, pngPath: task.pngPath })
    for (const path of [task.pngPath, task.webpPath]) assert.equal((await sharp(path).metadata()).width, 30)
  }
})

test('a WebM is a video and an Opus file a sound, of the type they are', async () => {
  writeFileSync(file('film.webm'), await makeMedia('webm', { video: 'vp8' }))
  writeFileSync(file('talk.ogg'), await makeMedia('ogg', { audio: 'opus' }))
  const { durationSeconds: filmSeconds, ...film } = (await run({
    kind: 'video',
    path: file('film.webm'),
  })) as VideoRendition
  assert.deepEqual(film, { type: 'video/webm', width: 32, height: 24 })
  assert.ok(Math.abs(filmSeconds - 1) < 0.1)
  const { durationSeconds, type } = (await run({ kind: 'audio', path: file('talk.ogg') })) as AudioRendition
  assert.equal(type, 'audio/ogg')
  assert.ok(Math.abs(durationSeconds - 1) < 0.1)
})

test('an MP4 is measured as it is shown', async () => {
  const facts = await run({ kind: 'video', path: sample('video.mp4') })
  assert.deepEqual(facts, { type: 'video/mp4', width: 1280, height: 720, durationSeconds: 3 })
})

test('a WAV is measured with its type and length', async () => {
  assert.deepEqual(await run({ kind: 'audio', path: sample('audio.wav') }), { type: 'audio/wav', durationSeconds: 3 })
})

test('a picture that claims to be video or sound, and a video without sound, are unreadable', async () => {
  await picture(8, 8).png().toFile(file('false.mp4'))
  await assert.rejects(run({ kind: 'video', path: file('false.mp4') }), { code: 'MEDIA_UNREADABLE' })
  await assert.rejects(run({ kind: 'audio', path: file('false.mp4') }), { code: 'MEDIA_UNREADABLE' })
  await assert.rejects(run({ kind: 'audio', path: sample('video.mp4') }), { code: 'MEDIA_UNREADABLE' })
})

test('a preview is a small JPEG within its bytes, or none', async () => {
  await picture(3000, 1500).png().toFile(file('large.png'))
  const task = { kind: 'preview', path: file('large.png'), maxBytes: 20_000 } as const
  const { type, base64 } = (await run(task)) as PreviewRendition
  const bytes = Buffer.from(base64, 'base64')
  const { format, width, height } = await sharp(bytes).metadata()
  assert.deepEqual([type, format, width, height], ['image/jpeg', 'jpeg', 384, 192])
  assert.ok(bytes.length <= 20_000)
  await assert.rejects(run({ ...task, maxBytes: 10 }), /no preview of 10 bytes/)
  await assert.rejects(run({ ...task, path: sample('audio.wav') }), /cannot be decoded/)
})
