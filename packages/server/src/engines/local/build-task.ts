import { createHash } from 'node:crypto'
import type { Job } from '../engine.ts'
import { chooseMove } from './studio/choose-move.ts'
import type {
  CanvasTask,
  GivenPicture,
  KeyName,
  MotionTask,
  PaletteName,
  SoundFormat,
  StudioTask,
  ToneMood,
  ToneTask,
} from './studio/studio-task-types.ts'

const LONG_SIDE = { '1K': 1024, '2K': 2048, '4K': 4096 } as const
const SHORT_SIDE = { '480p': 480, '720p': 720, '1080p': 1080 } as const

/** The seed of a job: the caller's, else one that follows from the request's id, so that a second render is equal. */
export function seedOf(job: Job): number {
  const { seed } = job.input
  if (typeof seed === 'number') return seed
  return createHash('sha256').update(job.requestId).digest().readUInt32BE(0) >>> 1
}

/** The URLs of the pictures a job starts from, in their order. */
export function picturesOf({ input }: Job): string[] {
  const several = Array.isArray(input.image_urls) ? input.image_urls : []
  return [input.image_url, ...several].filter((url) => typeof url === 'string')
}

/**
 * Translates a job of one of the studio's models into its task; `pictures` are the paths of the input pictures. Jobs are
 * kept for as long as they wait, so fields that models did not have when one was made count as left out.
 */
export function buildTask(job: Job, outputFolder: string, pictures: readonly string[]): StudioTask {
  switch (job.settings.task) {
    case 'canvas':
      return buildCanvas(job, outputFolder, pictures)
    case 'tone':
      return buildTone(job, outputFolder)
    default:
      return buildMotion(job, outputFolder, pictures)
  }
}

function buildCanvas(job: Job, outputFolder: string, [path]: readonly string[]): CanvasTask {
  const { input } = job
  const [across, down] = ratioOf(job)
  const long = LONG_SIDE[input.resolution as keyof typeof LONG_SIDE]
  const [width, height] = fit(across, down, long / Math.max(across, down))
  const mode = String(input.mode ?? 'restyle') as GivenPicture['mode']
  const picture = path === undefined ? undefined : { path, mode, strength: Number(input.strength ?? 0.5) }
  return {
    ...{ kind: 'canvas', ...wordsOf(job), style: String(input.style ?? 'auto'), palette: paletteOf(job) },
    ...{ width, height, seed: seedOf(job), images: Number(input.num_images ?? 1), outputFolder },
    ...(picture && { picture }),
  }
}

function buildMotion(job: Job, outputFolder: string, pictures: readonly string[]): MotionTask {
  const { input } = job
  const [across, down] = ratioOf(job)
  const short = SHORT_SIDE[input.resolution as keyof typeof SHORT_SIDE]
  const [width, height] = fit(across, down, short / Math.min(across, down))
  const { prompt, title } = wordsOf(job)
  // Over a given picture only words that were asked for; over a drawing of the prompt, the prompt.
  const shown = pictures.length > 0 && input.title === undefined ? '' : title
  return {
    ...{ kind: 'motion', prompt, title: shown, pictures: [...pictures] },
    ...{ style: String(input.style ?? 'auto'), palette: paletteOf(job), move: chooseMove(String(input.move), prompt) },
    ...{ isLoop: input.loop === true, hasSound: input.sound === true, width, height },
    ...{ durationSeconds: Number(input.duration), fps: input.fps === 30 ? 30 : 24, seed: seedOf(job), outputFolder },
  }
}

function buildTone(job: Job, outputFolder: string): ToneTask {
  const { input } = job
  return {
    ...{ kind: 'tone', prompt: wordsOf(job).prompt, mood: String(input.mood) as ToneMood | 'auto' },
    ...{ key: String(input.key) as KeyName | 'auto', durationSeconds: Number(input.duration) },
    ...{ format: String(input.format) as SoundFormat, seed: seedOf(job), outputFolder },
  }
}

/** The prompt, and the words to be set: the prompt too, unless others were given, or none. */
function wordsOf({ input }: Job): { prompt: string; title: string } {
  const prompt = String(input.prompt ?? '')
  return { prompt, title: typeof input.title === 'string' ? input.title : prompt }
}

function paletteOf({ input }: Job): PaletteName {
  return String(input.palette ?? 'auto') as PaletteName
}

function ratioOf({ input }: Job): [across: number, down: number] {
  const [across = 1, down = 1] = String(input.aspect_ratio).split(':').map(Number)
  return [across, down]
}

/** Sides in even pixels, as video needs them. */
function fit(across: number, down: number, unit: number): [number, number] {
  return [2 * Math.round((across * unit) / 2), 2 * Math.round((down * unit) / 2)]
}
