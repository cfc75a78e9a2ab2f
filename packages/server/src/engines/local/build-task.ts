import { createHash } from 'node:crypto'
import type { Job } from '../engine.ts'
import type { CameraMove, StudioTask } from './studio/studio-task-types.ts'

const LONG_SIDE = { '1K': 1024, '2K': 2048, '4K': 4096 } as const
const SHORT_SIDE = { '480p': 480, '720p': 720, '1080p': 1080 } as const

/** The seed of a job: the caller's, else one that follows from the request's id, so that a second render is equal. */
export function seedOf(job: Job): number {
  const { seed } = job.input
  if (typeof seed === 'number') return seed
  return createHash('sha256').update(job.requestId).digest().readUInt32BE(0) >>> 1
}

/** Translates a job of `canvas-1` or `motion-1` into a task of the studio; `image` is the path of the input picture. */
export function buildTask(job: Job, outputFolder: string, image: string | null): StudioTask {
  const { input, settings } = job
  const prompt = String(input.prompt ?? '')
  const seed = seedOf(job)
  const [across, down] = String(input.aspect_ratio).split(':').map(Number) as [number, number]
  if (settings.task === 'canvas') {
    const long = LONG_SIDE[input.resolution as keyof typeof LONG_SIDE]
    const [width, height] = fit(across, down, long / Math.max(across, down))
    const images = Number(input.num_images)
    return { kind: 'canvas', prompt, style: String(input.style), width, height, seed, images, outputFolder }
  }
  const short = SHORT_SIDE[input.resolution as keyof typeof SHORT_SIDE]
  const [width, height] = fit(across, down, short / Math.min(across, down))
  return {
    kind: 'motion',
    prompt,
    ...(image !== null && { image }),
    style: String(input.style ?? 'auto'),
    move: input.move as CameraMove,
    width,
    height,
    durationSeconds: Number(input.duration),
    fps: 24,
    seed,
    outputFolder,
  }
}

/** Sides in even pixels, as video needs them. */
function fit(across: number, down: number, unit: number): [number, number] {
  return [2 * Math.round((across * unit) / 2), 2 * Math.round((down * unit) / 2)]
}
