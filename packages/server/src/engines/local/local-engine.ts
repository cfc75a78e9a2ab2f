import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import type { Inputs } from '../../media/inputs.ts'
import type { MediaStore } from '../../media/store.ts'
import { TaskFailedError } from '../../processes/task-errors.ts'
import { createTaskPool } from '../../processes/task-pool.ts'
import type { Engine, Failed, Finished, Job } from '../engine.ts'
import { toInputFailure } from '../input-failure.ts'
import { buildTask, picturesOf, seedOf } from './build-task.ts'
import {
  beatLocalRender,
  cancelLocalRender,
  endLocalRender,
  findLocalRender,
  STALE_AFTER_MS,
  takeLocalRender,
} from './local-renders.ts'
import type { StudioResult, StudioTask } from './studio/studio-task-types.ts'

/** What the local engine needs of the process. */
export interface LocalEngineDependencies {
  database: Database
  clock: Clock
  store: MediaStore
  inputs: Inputs
  node: string
  /** Whether video can be encoded here; without it `motion-1` is inactive. */
  canEncodeVideo: boolean
  /** Called when a render has news: its check is due now. */
  onNews: (requestId: string) => void
  log: Logger
}

const BEAT_MS = 1_000
const LONGEST_RENDER_MS = 30 * 60 * 1000

/**
 * The built-in engine: renders in child processes of this node, one fewer than there are cores. Nothing about a render
 * lives only in memory: its heartbeat is in the database, and a check on any node renders anew what has lost its node.
 */
export function createLocalEngine(of: LocalEngineDependencies): Engine {
  const concurrency = Math.max(1, availableParallelism() - 1)
  const module = new URL('./studio/studio-task.ts', import.meta.url)
  const pool = createTaskPool({ module, concurrency, maxOldSpaceMb: 1024 })
  const running = new Map<string, { abort: AbortController; ended: Promise<void> }>()
  let isClosing = false

  /** Begins the render here unless somebody has it. A closing node begins none: it will be found stale and made anew. */
  async function take(job: Job, nowMs: number): Promise<void> {
    if (isClosing || running.has(job.requestId)) return
    if (!(await takeLocalRender(of.database, job.requestId, of.node, nowMs)) || isClosing) return
    const abort = new AbortController()
    const ended = render(job, abort).finally(() => running.delete(job.requestId))
    running.set(job.requestId, { abort, ended })
  }

  async function render(job: Job, abort: AbortController): Promise<void> {
    let percent = 0
    const beat = setInterval(() => {
      beatLocalRender(of.database, job.requestId, of.node, percent, of.clock.now())
        .then((isOurs) => isOurs || abort.abort(new Error('the render is not wanted any more')))
        .catch((error: unknown) => of.log.warn({ requestId: job.requestId, err: error }, 'no heartbeat'))
    }, BEAT_MS)
    try {
      const outcome = await renderInto(job, abort.signal, (value) => {
        percent = value
      }).catch((error: unknown) => toFailure(error, abort.signal))
      await endLocalRender(of.database, job.requestId, of.node, outcome)
      of.onNews(job.requestId)
    } catch (error) {
      // Without an outcome the heartbeat goes stale, and the next check renders anew.
      if (!abort.signal.aborted) of.log.error({ requestId: job.requestId, err: error }, 'a local render failed')
    } finally {
      clearInterval(beat)
    }
  }

  async function renderInto(job: Job, signal: AbortSignal, onProgress: (percent: number) => void): Promise<Finished> {
    if (needsEncoder(job) && !of.canEncodeVideo) throw new EncoderMissing()
    const folder = await of.store.makeWorkFolder(`render-${job.requestId}`)
    try {
      const task = buildTask(job, folder, await bringPictures(job, folder, signal))
      const options = { signal, onProgress, timeoutMs: LONGEST_RENDER_MS }
      const { files } = await pool.run<StudioTask, StudioResult>(task, options)
      const media = []
      for (const file of files) {
        media.push({ kind: 'blob', blob: (await of.store.put(file.path)).blob } as const)
      }
      return { state: 'finished', media, seed: seedOf(job) }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async function bringPictures(job: Job, folder: string, signal: AbortSignal): Promise<string[]> {
    const paths: string[] = []
    for (const [index, url] of picturesOf(job).entries()) {
      const path = join(folder, `input-${index + 1}`)
      await of.inputs.bring(url, path, signal)
      paths.push(path)
    }
    return paths
  }

  return {
    name: 'local',
    traits: { isStartIdempotent: true, pollMs: 500, capacity: null },
    isActive: (settings) => settings?.task !== 'motion' || of.canEncodeVideo,
    freeSlots: () => (isClosing ? 0 : concurrency - running.size),
    async start(job, { nowMs }) {
      await take(job, nowMs)
      return { ticket: { render: job.requestId } }
    },
    async check(job, _ticket, { nowMs }) {
      const found = await findLocalRender(of.database, job.requestId)
      if (found?.outcome) return found.outcome
      if (found === null || nowMs - found.heartbeatAt > STALE_AFTER_MS) await take(job, nowMs)
      return { state: 'running', percent: found?.percent ?? 0 }
    },
    async cancel(job) {
      await cancelLocalRender(of.database, job.requestId)
      running.get(job.requestId)?.abort.abort(new Error('the render was canceled'))
      return null
    },
    async close(graceMs) {
      isClosing = true
      const renders = [...running.values()]
      const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref())
      await Promise.race([Promise.all(renders.map(({ ended }) => ended)), grace])
      for (const { abort } of renders) abort.abort(new Error('the process ends'))
      await pool.close()
      await Promise.all(renders.map(({ ended }) => ended))
    },
  }
}

/** Whether the job can only be written with the optional packages for video; WAV needs none. */
function needsEncoder(job: Job): boolean {
  return job.settings.task === 'motion' || (job.settings.task === 'tone' && job.input.format !== 'wav')
}

class EncoderMissing extends Error {
  constructor() {
    super('the optional package @napi-rs/webcodecs is not installed')
    this.name = 'EncoderMissing'
  }
}

/** What a caller can be told of a render that failed; an aborted one has no outcome. */
function toFailure(error: unknown, signal: AbortSignal): Failed {
  if (signal.aborted) throw error
  const inputFailure = toInputFailure(error, 'image')
  if (inputFailure !== null) return inputFailure
  if (error instanceof TaskFailedError && error.code === 'INPUT_UNREACHABLE') {
    const message = 'The image could not be decoded: it must be a PNG, JPEG or WebP picture.'
    return { state: 'failed', code: 'INPUT_UNREACHABLE', message, isCharged: false }
  }
  if (error instanceof EncoderMissing) {
    const message = 'This server cannot encode that format; for sound, ask for the format "wav".'
    return { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false }
  }
  if (error instanceof TaskFailedError) {
    return { state: 'failed', code: 'GENERATION_FAILED', message: 'The render failed.', isCharged: false }
  }
  throw error
}
