/**
 * Makes the sample media of the sandbox engine from fixed seeds, with our own renderer.
 * Run it after a change of the drawing styles: npx node scripts/make-samples.ts
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  CanvasResult,
  MotionResult,
  StudioTask,
} from '../packages/server/src/engines/local/studio/studio-task-types.ts'
import type { ImageRendition, RenditionTask } from '../packages/server/src/media/rendition-task-types.ts'
import { createTaskPool } from '../packages/server/src/processes/task-pool.ts'

const SAMPLE_RATE = 22_050
const SOUND_SECONDS = 3
const server = new URL('../packages/server/src/', import.meta.url)
const assets = fileURLToPath(new URL('engines/sandbox/assets', server))
const scratch = mkdtempSync(join(tmpdir(), 'samples-'))
const studio = createTaskPool({ module: new URL('engines/local/studio/studio-task.ts', server), concurrency: 1 })
const renditions = createTaskPool({ module: new URL('media/rendition-task.ts', server), concurrency: 1 })
const patience = { timeoutMs: 120_000 }

mkdirSync(assets, { recursive: true })
const sample = { style: 'grid', width: 1024, height: 1024, seed: 5, prompt: 'A sample from the sandbox' }
const [image] = (await draw(sample)).files
if (!image) throw new Error('No picture was drawn')
await toWebp(image.path, join(assets, 'image.webp'))
// The PNG is made from the WebP: without the finest grain it has half the size.
const small = { webpPath: join(scratch, 'unused.webp'), pngPath: join(assets, 'image.png') }
await renditions.run<RenditionTask, ImageRendition>(
  { kind: 'image', path: join(assets, 'image.webp'), ...small },
  patience,
)

const film: StudioTask = {
  kind: 'motion',
  prompt: 'A sample from the sandbox',
  title: 'A sample from the sandbox',
  pictures: [],
  palette: 'auto',
  isLoop: false,
  hasSound: false,
  style: 'ridges',
  move: 'pan-right',
  width: 1280,
  height: 720,
  durationSeconds: 3,
  fps: 24,
  seed: 5,
  outputFolder: scratch,
}
const [video] = (await studio.run<StudioTask, MotionResult>(film, patience)).files
if (!video) throw new Error('No film was made')
await copyFile(video.path, join(assets, 'video.mp4'))
writeFileSync(join(assets, 'audio.wav'), toWav(playChord()))

const facts = {
  image: { file: 'image.png', type: 'image/png', webpFile: 'image.webp', width: image.width, height: image.height },
  video: {
    file: 'video.mp4',
    type: 'video/mp4',
    width: video.width,
    height: video.height,
    durationSeconds: video.durationSeconds,
  },
  audio: { file: 'audio.wav', type: 'audio/wav', durationSeconds: SOUND_SECONDS },
}
writeFileSync(join(assets, 'samples.json'), `${JSON.stringify(facts, null, 2)}\n`)
await Promise.all([studio.close(), renditions.close()])
rmSync(scratch, { recursive: true })
for (const name of ['image.png', 'image.webp', 'video.mp4', 'audio.wav']) tell(join(assets, name))

function draw(picture: { style: string; width: number; height: number; seed: number; prompt: string }) {
  const task: StudioTask = {
    ...{ kind: 'canvas', title: picture.prompt, palette: 'auto', images: 1, outputFolder: scratch },
    ...picture,
  }
  return studio.run<StudioTask, CanvasResult>(task, patience)
}

async function toWebp(path: string, webpPath: string): Promise<void> {
  const task: RenditionTask = { kind: 'image', path, webpPath, pngPath: join(scratch, 'unused.png') }
  await renditions.run<RenditionTask, ImageRendition>(task, patience)
}

/** A broken major chord of soft bells that fades out before the end. */
function playChord(): Float64Array {
  const sound = new Float64Array(SAMPLE_RATE * SOUND_SECONDS)
  const notes = [261.63, 329.63, 392, 493.88, 587.33]
  const partials = [
    { ratio: 1, strength: 1, fade: 2.2 },
    { ratio: 2, strength: 0.28, fade: 3.4 },
    { ratio: 3.01, strength: 0.09, fade: 5.5 },
  ]
  notes.forEach((frequency, index) => {
    const start = index * 0.19
    for (let sample = Math.round(start * SAMPLE_RATE); sample < sound.length; sample += 1) {
      const seconds = sample / SAMPLE_RATE - start
      const attack = Math.min(1, seconds / 0.012)
      for (const { ratio, strength, fade } of partials) {
        const wave = Math.sin(2 * Math.PI * frequency * ratio * seconds)
        sound[sample] = (sound[sample] ?? 0) + 0.2 * strength * attack * Math.exp(-fade * seconds) * wave
      }
    }
  })
  return sound.map((value, index) => value * Math.min(1, (sound.length - index) / (SAMPLE_RATE * 0.6)))
}

/** Sixteen bits, one channel. */
function toWav(sound: Float64Array): Buffer {
  const bytes = Buffer.alloc(44 + sound.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + sound.length * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(SAMPLE_RATE, 24)
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(sound.length * 2, 40)
  for (const [index, value] of sound.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + index * 2)
  }
  return bytes
}

function tell(path: string): void {
  process.stdout.write(`${path} ${Math.round(statSync(path).size / 1024)} KB\n`)
}
