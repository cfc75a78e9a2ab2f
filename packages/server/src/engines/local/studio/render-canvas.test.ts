import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { createTaskPool } from '../../../processes/task-pool.ts'
import { type CanvasResult, type CanvasTask, STUDIO_STYLES } from './studio-task-types.ts'

const module = new URL('studio-task.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'studio-canvas-'))
const pool = createTaskPool({ module, concurrency: 1 })
let folders = 0

after(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

function makeTask(change: Partial<CanvasTask>): CanvasTask {
  folders += 1
  const outputFolder = join(folder, String(folders))
  mkdirSync(outputFolder)
  const size = { width: 256, height: 256 }
  return {
    kind: 'canvas',
    prompt: 'A quiet harbour',
    title: change.prompt ?? 'A quiet harbour',
    style: 'flow',
    palette: 'auto',
    ...size,
    seed: 7,
    images: 1,
    outputFolder,
    ...change,
  }
}

async function draw(change: Partial<CanvasTask>, onProgress?: (percent: number) => void): Promise<string[]> {
  const options = { timeoutMs: 30_000, ...(onProgress && { onProgress }) }
  const { files } = await pool.run<CanvasTask, CanvasResult>(makeTask(change), options)
  return files.map((file) => file.path)
}

async function drawOne(change: Partial<CanvasTask>): Promise<string> {
  const [path = ''] = await draw(change)
  return path
}

/** Mean difference of two pictures, 0 to 255, seen at the same small size. */
async function difference(first: string, second: string): Promise<number> {
  const [a, b] = await Promise.all(
    [first, second].map((path) => sharp(path).removeAlpha().resize(64, 64, { fit: 'fill' }).raw().toBuffer()),
  )
  assert.ok(a && b && a.length === b.length)
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length
}

for (const style of STUDIO_STYLES) {
  test(`${style}: the same task gives the same bytes in two processes`, async () => {
    const other = createTaskPool({ module, concurrency: 1 })
    const task = makeTask({ style, prompt: 'Туман над рекой, mist over the river' })
    const first = await drawOne({ style, prompt: task.prompt })
    const { files } = await other.run<CanvasTask, CanvasResult>(task, { timeoutMs: 30_000 })
    await other.close()
    assert.ok(readFileSync(first).equals(readFileSync(files[0]?.path ?? '')))
  })

  test(`${style}: the picture is not blank, is opaque, and another seed gives another picture`, async () => {
    const paths = await draw({ style, images: 2 })
    assert.equal(paths.length, 2)
    const [first = '', second = ''] = paths
    const { channels, isOpaque } = await sharp(first).stats()
    assert.ok(isOpaque && channels.length === 3)
    assert.ok(channels.some(({ stdev }) => stdev > 20))
    assert.ok((await difference(first, second)) > 4)
    assert.ok((await difference(first, await drawOne({ style, seed: 8 }))) > 4)
  })

  test(`${style}: a larger picture of the same seed has the same composition`, async () => {
    const sizes = [256, 768].map((side) => drawOne({ style, width: side, height: side }))
    const [small = '', large = ''] = await Promise.all(sizes)
    assert.ok((await difference(small, large)) < 5)
  })

  test(`${style}: very wide and very tall pictures have the asked size and are filled to their far ends`, async () => {
    for (const [width, height] of [
      [840, 360],
      [360, 840],
    ] as const) {
      const path = await drawOne({ style, width, height })
      const metadata = await sharp(path).metadata()
      assert.deepEqual([metadata.format, metadata.width, metadata.height], ['png', width, height])
      const far = { left: Math.round(width * 0.75), top: Math.round(height * 0.25), width: 60, height: 60 }
      const { channels } = await sharp(await sharp(path).extract(far).toBuffer()).stats()
      assert.ok(channels.some(({ stdev }) => stdev > 2))
    }
  })
}

async function makePicture(): Promise<string> {
  const path = join(folder, 'given.png')
  const half = { create: { width: 150, height: 300, channels: 3, background: '#f2e9d8' } } as const
  await sharp({ create: { width: 300, height: 300, channels: 3, background: '#232a4d' } })
    .composite([{ input: half, left: 150, top: 0 }])
    .png()
    .toFile(path)
  return path
}

/** Mean brightness of the left and the right half of the upper part, where no words stand. */
async function halvesOf(path: string): Promise<[left: number, right: number]> {
  const read = async (left: number): Promise<number> => {
    const cut = await sharp(path).extract({ left, top: 30, width: 80, height: 110 }).png().toBuffer()
    const { channels } = await sharp(cut).stats()
    return channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length
  }
  return [await read(32), await read(256 - 32 - 80)]
}

for (const style of STUDIO_STYLES) {
  test(`${style}: a given picture can be seen in what is drawn from it, and the same picture gives the same bytes`, async () => {
    const picture = { path: await makePicture(), mode: 'restyle', strength: 0.2 } as const
    const first = await drawOne({ style, picture, title: '' })
    const [left, right] = await halvesOf(first)
    assert.ok(right > left + 25, `${left} ${right}`)
    assert.ok(readFileSync(first).equals(readFileSync(await drawOne({ style, picture, title: '' }))))
  })
}

test('crop keeps the picture as it is, and the strength of a blend goes from the picture to the drawing', async () => {
  const path = await makePicture()
  const given = (mode: 'crop' | 'blend', strength: number) =>
    drawOne({ style: 'aurora', title: '', picture: { path, mode, strength } })
  const [crop, none, half, whole] = [
    await given('crop', 1),
    await given('blend', 0),
    await given('blend', 0.5),
    await given('blend', 1),
  ]
  const plain = await drawOne({ style: 'aurora', title: '' })
  assert.ok((await difference(crop, none)) < 0.5)
  assert.ok((await difference(whole, plain)) < 2)
  assert.ok((await difference(half, none)) > 4 && (await difference(half, whole)) > 4)
  assert.ok((await difference(crop, path)) < 12)
})

test('a given picture that cannot be decoded fails as an unreachable input', async () => {
  const path = join(folder, 'broken.jpg')
  writeFileSync(path, 'no picture')
  for (const mode of ['restyle', 'blend', 'crop'] as const) {
    await assert.rejects(drawOne({ picture: { path, mode, strength: 0.5 } }), { code: 'INPUT_UNREACHABLE' })
  }
})

test('a title is set instead of the prompt, and without words there is no small print either', async () => {
  const [prompt, title, none] = await Promise.all([
    drawOne({ style: 'paper' }),
    drawOne({ style: 'paper', title: 'Другие слова' }),
    drawOne({ style: 'paper', title: '' }),
  ])
  assert.ok((await difference(prompt, title)) > 0.2)
  const below = { left: 20, top: 243, width: 216, height: 13 }
  const { channels } = await sharp(await sharp(none).extract(below).png().toBuffer()).stats()
  assert.ok(channels.every(({ stdev }) => stdev < 8))
})

test('a palette that is asked for is used', async () => {
  const [night, snow, mono] = [
    await drawOne({ style: 'ridges', palette: 'night' }),
    await drawOne({ style: 'ridges', palette: 'snow' }),
    await drawOne({ style: 'flow', palette: 'mono' }),
  ]
  const brightness = async (path: string): Promise<number> => (await sharp(path).stats()).channels[1]?.mean ?? 0
  assert.ok((await brightness(snow)) > (await brightness(night)) + 20)
  const raw = await sharp(mono).resize(32, 32).raw().toBuffer()
  for (let place = 0; place < raw.length; place += 3) {
    const pixel = [...raw.subarray(place, place + 3)]
    assert.ok(Math.max(...pixel) - Math.min(...pixel) < 40)
  }
})

test('pictures of one task keep their places when more are asked for', async () => {
  const [first = ''] = await draw({ style: 'auto', images: 1 })
  const [again = ''] = await draw({ style: 'auto', images: 3 })
  assert.ok(readFileSync(first).equals(readFileSync(again)))
})

test('a prompt without one drawable character still gives a picture', async () => {
  for (const prompt of ['', '\u{10fffd}', ' \n '])
    assert.match(await drawOne({ prompt, style: 'ridges' }), /image-1\.png$/)
})

test('progress grows in whole percents and ends at 100', async () => {
  const seen: number[] = []
  await draw({ images: 3 }, (percent) => seen.push(percent))
  assert.deepEqual(seen, [16, 33, 50, 66, 83, 100])
})

test('a style that does not exist is refused', async () => {
  await assert.rejects(draw({ style: 'no-such-style' }), { message: 'There is no style "no-such-style"' })
})
