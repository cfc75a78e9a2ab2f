/**
 * Makes docs/gallery.md and its pictures from fixed inputs, by the way a request takes.
 * Run it after a change of the drawing styles: npx node scripts/make-gallery.ts [name ...]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { buildTask } from '../packages/server/src/engines/local/build-task.ts'
import type {
  CanvasResult,
  MotionResult,
  StudioTask,
} from '../packages/server/src/engines/local/studio/studio-task-types.ts'
import { readFrames } from '../packages/server/src/engines/local/studio/testing/read-frames.ts'
import { createTaskPool } from '../packages/server/src/processes/task-pool.ts'
import { CHAPTERS, FILMS, type GalleryPicture } from './gallery-pictures.ts'

/** Of a picture's longer side, and of a film's shorter one, in the gallery. */
const LONG_SIDE = 800
const FILM_SIDE = 240
const FILM_SECONDS = 4
const FRAMES_A_SECOND = 12
const CANVAS_DEFAULTS = { aspect_ratio: '1:1', resolution: '1K', num_images: 1 }
const FILM_DEFAULTS = {
  ...{ title: '', aspect_ratio: '16:9', resolution: '480p', duration: FILM_SECONDS, fps: 24 },
  ...{ move: 'still', loop: true, seed: 5 },
}

const docs = fileURLToPath(new URL('../docs', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'gallery-'))
const pool = createTaskPool({
  module: new URL('../packages/server/src/engines/local/studio/studio-task.ts', import.meta.url),
  concurrency: 1,
})
const wanted = process.argv.slice(2)
const isWanted = ({ name }: GalleryPicture): boolean => wanted.length === 0 || wanted.includes(name)

mkdirSync(join(docs, 'images'), { recursive: true })
const all = CHAPTERS.flatMap(({ pictures }) => pictures)
for (const picture of all.filter(
  (each) => isWanted(each) || all.some((other) => isWanted(other) && other.from === each.name),
)) {
  await draw(picture)
}
for (const film of FILMS.filter(isWanted)) await shoot(film)
writeFileSync(join(docs, 'gallery.md'), makePage())
await pool.close()
rmSync(scratch, { recursive: true })
// The codec that read the frames keeps the process alive.
process.exit(0)

async function draw({ name, input, from }: GalleryPicture): Promise<void> {
  const pictures = from === undefined ? [] : [join(scratch, `${from}.png`)]
  const { files } = await run<CanvasResult>('canvas', { ...CANVAS_DEFAULTS, ...input }, pictures)
  const drawn = readFileSync(files[0]?.path ?? '')
  writeFileSync(join(scratch, `${name}.png`), drawn)
  const small = sharp(drawn).resize(LONG_SIDE, LONG_SIDE, { fit: 'inside' })
  await keep(name, await small.webp({ quality: 80, effort: 6 }).toBuffer())
}

async function shoot({ name, input }: GalleryPicture): Promise<void> {
  const { files } = await run<MotionResult>('motion', { ...FILM_DEFAULTS, ...input }, [])
  const times = Array.from({ length: FILM_SECONDS * FRAMES_A_SECOND }, (_, frame) => frame / FRAMES_A_SECOND)
  const frames: Buffer[] = []
  for await (const { width, height, rgb } of readFrames(files[0]?.path ?? '', times)) {
    const frame = sharp(rgb, { raw: { width, height, channels: 3 } }).resize({ height: FILM_SIDE })
    frames.push(await frame.png().toBuffer())
  }
  const delay = Math.round(1000 / FRAMES_A_SECOND)
  const moving = sharp(frames, { join: { animated: true } }).webp({ quality: 60, effort: 6, delay, loop: 0 })
  await keep(name, await moving.toBuffer())
}

function run<Result>(task: string, input: Record<string, string | number | boolean>, pictures: string[]) {
  const job = {
    requestId: 'gallery',
    accountId: '',
    model: '',
    type: 'image',
    input,
    media: [],
    settings: { task },
  } as const
  return pool.run<StudioTask, Result>(buildTask(job, scratch, pictures), { timeoutMs: 600_000 })
}

async function keep(name: string, bytes: Buffer): Promise<void> {
  const path = join(docs, 'images', `${name}.webp`)
  writeFileSync(path, bytes)
  process.stdout.write(`${name} ${Math.round(statSync(path).size / 1024)} KB\n`)
}

function makePage(): string {
  const chapters = CHAPTERS.map(({ title, text, pictures }) => `## ${title}\n\n${text}\n\n${makeTable(pictures)}`)
  return `# Gallery

Everything here is made by the product itself, by \`canvas-1\` and \`motion-1\`: a renderer, not an AI model. Below each
picture stands the input that makes it, byte for byte, on any machine. This page is made by \`scripts/make-gallery.ts\`.

${chapters.join('\n')}
## Films

\`motion-1\` moves the drawing itself, here in loops without a seam; it also films given pictures, by dolly, zoom, pan,
tilt, orbit and parallax. Shown smaller and slower than the H.264 videos they are taken from.

${makeTable(FILMS)}`
}

/** Three pictures a row, the input of each below it. */
function makeTable(pictures: readonly GalleryPicture[]): string {
  const cells = pictures.map(({ name, input, from }) => {
    const shown = from === undefined ? input : { image_url: `…/${from}.png`, ...input }
    return `<td width="33%" valign="top"><img src="images/${name}.webp" alt="${escapeHtml(String(input.prompt))}"><br><sub><code>${escapeHtml(JSON.stringify(shown))}</code></sub></td>`
  })
  const rows: string[] = []
  for (let place = 0; place < cells.length; place += 3) {
    rows.push(`<tr>\n${cells.slice(place, place + 3).join('\n')}\n</tr>`)
  }
  return `<table>\n${rows.join('\n')}\n</table>\n`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
