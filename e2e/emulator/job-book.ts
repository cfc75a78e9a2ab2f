import { type EmulatedJob, standingAt } from './jobs.ts'
import { type Control, DEFAULT_PLAN, type JobChance, type JobPlan } from './options.ts'
import { draw, pick } from './random.ts'

/** What the emulator was asked to render, by whom and how often. */
export interface JobBook {
  /** Accepts a render: from here on it is counted. An idempotent emulator answers the first one of an id again. */
  accept(clientId: string, input: unknown, nowMs: number): { job: EmulatedJob; isNew: boolean }
  get(job: string): EmulatedJob | undefined
  /** The newest job of an id of the client's. */
  findByClient(clientId: string): EmulatedJob | undefined
  list(): readonly EmulatedJob[]
  apply(control: Control): void
  /** Accepted renders by the client's id; above 1 somebody paid twice. */
  readonly renders: Readonly<Record<string, number>>
  /** The most jobs that were alive at once. */
  readonly mostAlive: number
}

/** Creates the book of one emulator. */
export function createJobBook(seed: number): JobBook {
  const jobs = new Map<string, EmulatedJob>()
  const byClient = new Map<string, EmulatedJob[]>()
  const renders: Record<string, number> = {}
  let alive: EmulatedJob[] = []
  let mostAlive = 0
  let isIdempotent = true
  let common: JobPlan = DEFAULT_PLAN
  let nextJobs: readonly Partial<JobPlan>[] = []
  let chances: readonly JobChance[] = []

  function plan(clientId: string, nth: number): JobPlan {
    const [scripted, ...rest] = nextJobs
    nextJobs = rest
    return { ...common, ...(scripted ?? pick(chances, draw(seed, 'plan', clientId, nth))?.job) }
  }

  return {
    renders,
    get mostAlive() {
      return mostAlive
    },
    accept(clientId, input, nowMs) {
      const known = byClient.get(clientId) ?? []
      const [first] = known
      if (isIdempotent && first !== undefined) return { job: first, isNew: false }
      const accepted = plan(clientId, known.length)
      const job: EmulatedJob = {
        job: `job-${jobs.size + 1}`,
        clientId,
        acceptedAt: nowMs,
        cancelAskedAt: null,
        plan: accepted,
        mediaCount: accepted.mediaCount ?? countImages(input),
        seed: Math.floor(draw(seed, 'seed', clientId) * 2 ** 31),
      }
      jobs.set(job.job, job)
      byClient.set(clientId, [...known, job])
      renders[clientId] = known.length + 1
      alive = [...alive.filter((other) => standingAt(other, nowMs).isAlive), job]
      mostAlive = Math.max(mostAlive, alive.length)
      return { job, isNew: true }
    },
    get: (job) => jobs.get(job),
    findByClient: (clientId) => byClient.get(clientId)?.at(-1),
    list: () => [...jobs.values()],
    apply(control) {
      isIdempotent = control.isStartIdempotent ?? isIdempotent
      common = { ...common, ...control.job }
      nextJobs = [...nextJobs, ...(control.nextJobs ?? [])]
      chances = control.jobChances ?? chances
    },
  }
}

function countImages(input: unknown): number {
  const count = (input as { num_images?: unknown } | null)?.num_images
  return typeof count === 'number' && count >= 1 && count <= 16 ? Math.floor(count) : 1
}
