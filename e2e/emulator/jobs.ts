import type { JobPlan } from './options.ts'

/** One accepted render. */
export interface EmulatedJob {
  /** The emulator's id of it. */
  job: string
  /** The client's id of it. */
  clientId: string
  acceptedAt: number
  /** When a cancel that is obeyed was asked for; null while none was. */
  cancelAskedAt: number | null
  plan: JobPlan
  mediaCount: number
  seed: number
}

/** How a job stands at a moment. */
export interface Standing {
  state: string
  progress: number
  /** Whether it can still change. */
  isAlive: boolean
}

/** How a job stands: nothing but its plan and the moment decide, so no timer ever runs. */
export function standingAt(job: EmulatedJob, nowMs: number): Standing {
  const { plan, acceptedAt, cancelAskedAt } = job
  const startsAt = acceptedAt + plan.queueMs
  const endsAt = startsAt + plan.runMs + plan.lateMs
  const canceledAt = cancelAskedAt === null ? Number.POSITIVE_INFINITY : cancelAskedAt + plan.cancelMs
  const percent = plan.runMs === 0 ? 0 : Math.floor((100 * (nowMs - startsAt)) / plan.runMs)
  const progress = Math.max(0, Math.min(percent, 99))
  if (canceledAt < endsAt && nowMs >= canceledAt) return { state: 'canceled', progress, isAlive: false }
  if (nowMs < startsAt) return { state: 'queued', progress: 0, isAlive: true }
  if (nowMs < endsAt) {
    const isOdd = plan.oddState !== null && nowMs < startsAt + plan.oddMs
    return { state: isOdd ? String(plan.oddState) : 'running', progress, isAlive: true }
  }
  return plan.error === null
    ? { state: 'finished', progress: 100, isAlive: false }
    : { state: 'failed', progress, isAlive: false }
}

/** A job in words of the protocol. */
export function toDocument(job: EmulatedJob, nowMs: number, origin: string): Record<string, unknown> {
  const { state, progress } = standingAt(job, nowMs)
  const document: Record<string, unknown> = { job: job.job, client_id: job.clientId, state, progress }
  if (state === 'finished') {
    document.media = Array.from({ length: job.mediaCount }, (_, index) => ({
      url: `${origin}/media/${job.job}/${index}.png`,
    }))
    document.seed = job.seed
  }
  if (state === 'failed') document.error = { charged: false, ...job.plan.error }
  if (state === 'canceled') {
    document.error = { code: 'CANCELED', message: 'Canceled.', charged: job.plan.isCancelCharged }
  }
  return document
}
