import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
    style: 'flow',
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
    [first, second].map((path) => sharp(path).resize(64, 64, { fit: 'fill' }).raw().toBuffer()),
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
