import {
  type Callback,
  type Engine,
  type EngineContext,
  type Finished,
  type Job,
  NotAccepted,
  type Outcome,
  type Progress,
  type Started,
  type Ticket,
} from '../engines/engine.ts'
import type { StartName } from '../generations/callback-address.ts'
import type { Random } from './random.ts'

/** How a provider can be asked about a start whose outcome is unknown. */
export type Recovery = 'idempotent' | 'findable' | 'calling' | 'blind'

interface UpstreamJob {
  requestId: string
  state: 'running' | 'finished' | 'failed' | 'canceled'
  percent: number
  /** Whether a failure is the provider's own, so that another may be asked. */
  isEngineFault: boolean
}

/** Jobs each provider takes at once. */
export const UPSTREAM_CAPACITY = 12

const FINISHED: Finished = { state: 'finished', media: [{ kind: 'url', url: 'https://upstream.example/picture.png' }] }

/**
 * A provider that lives on when our nodes die: it keeps its jobs, counts the renders it accepted for each request, and
 * misbehaves as providers do. Its answers may be late: they wait at a gate that the scheduler opens.
 */
export class Upstream {
  readonly jobs: UpstreamJob[] = []
  readonly gates: (() => void)[] = []
  /** What it may call back, about every job it was told an address for. */
  readonly callbacks: { start: StartName; body: Buffer }[] = []
  isFaulty = true
  readonly #random: Random
  readonly #recovery: Recovery

  constructor(random: Random, recovery: Recovery) {
    this.#random = random
    this.#recovery = recovery
  }

  /** Accepted renders of a request: more than one was bought twice. */
  rendersOf(requestId: string): number {
    return this.jobs.filter((job) => job.requestId === requestId).length
  }

  /** Those of them that are or will be paid for: not the ones that it failed itself, or stopped. */
  paidRendersOf(requestId: string): number {
    const isPaid = ({ state, isEngineFault }: UpstreamJob) =>
      state !== 'canceled' && (state !== 'failed' || !isEngineFault)
    return this.jobs.filter((job) => job.requestId === requestId && isPaid(job)).length
  }

  /** Moves the jobs along a little. */
  advance(): void {
    for (const job of this.jobs) {
      if (job.state !== 'running') continue
      job.percent = Math.min(99, job.percent + this.#random.below(40))
      if (!this.isFaulty || this.#random.chance(0.3)) job.state = this.#random.chance(0.15) ? 'failed' : 'finished'
    }
  }

  createEngine(): Engine {
    const cancels = this.#recovery !== 'blind' || this.#random.chance(0.5)
    return {
      name: this.#recovery,
      traits: {
        isStartIdempotent: this.#recovery === 'idempotent',
        hasTellingCallbacks: this.#recovery === 'calling',
        pollMs: 1_000,
        capacity: UPSTREAM_CAPACITY,
      },
      isActive: () => true,
      freeSlots: () => 5,
      start: (job, context) => this.#start(job, context),
      check: (_job, ticket) => this.#check(ticket),
      ...(this.#recovery === 'calling' && {
        readCallback: async ({ body }: Callback) => ({ ticket: Number(body.toString()) }),
      }),
      ...(this.#recovery === 'findable' && { find: (job: Job) => this.#find(job) }),
      ...(cancels && { cancel: (_job: Job, ticket: Ticket) => this.#cancel(ticket) }),
    }
  }

  async #start(job: Job, { callbackUrl }: EngineContext): Promise<Started> {
    const isFaulty = this.isFaulty
    if (isFaulty && this.#random.chance(0.1)) throw new NotAccepted('busy')
    if (isFaulty && this.#random.chance(0.05)) throw new Error('reset before acceptance')
    if (isFaulty && this.#random.chance(0.03)) {
      return { state: 'failed', code: 'CONTENT_REJECTED', message: 'no', isCharged: this.#random.chance(0.3) }
    }
    const ticket = this.#accept(job)
    if (this.#recovery === 'calling' && callbackUrl !== null) {
      this.callbacks.push({ start: JSON.parse(callbackUrl), body: Buffer.from(String(ticket)) })
    }
    if (isFaulty && this.#random.chance(0.3)) await new Promise<void>((resolve) => this.gates.push(resolve))
    if (isFaulty && this.#random.chance(0.1)) throw new Error('the answer was lost after acceptance')
    return { ticket }
  }

  #accept(job: Job): number {
    const known = this.jobs.findIndex(({ requestId }) => requestId === job.requestId)
    if (this.#recovery === 'idempotent' && known >= 0) return known
    return (
      this.jobs.push({
        requestId: job.requestId,
        state: 'running',
        percent: 0,
        isEngineFault: this.#random.chance(0.7),
      }) - 1
    )
  }

  async #find(job: Job): Promise<Started | null> {
    if (this.isFaulty && this.#random.chance(0.1)) throw new Error('502')
    const known = this.jobs.findIndex(({ requestId }) => requestId === job.requestId)
    return known < 0 ? null : { ticket: known }
  }

  async #check(ticket: Ticket): Promise<Progress | Outcome> {
    if (this.isFaulty && this.#random.chance(0.1)) throw new Error('502')
    const job = this.jobs[Number(ticket)]
    if (job === undefined) throw new Error(`no job ${ticket}`)
    if (job.state === 'running') return { state: 'running', percent: job.percent }
    if (job.state === 'canceled') return { state: 'canceled', isCharged: false }
    if (job.state === 'finished') return FINISHED
    const isEngineFault = job.isEngineFault
    return { state: 'failed', code: 'GENERATION_FAILED', message: 'it broke', isCharged: false, isEngineFault }
  }

  async #cancel(ticket: Ticket): Promise<null> {
    if (this.isFaulty && this.#random.chance(0.2)) throw new Error('cancel failed')
    const job = this.jobs[Number(ticket)]
    // Some cancels come too late, some are carried out slowly.
    if (job?.state === 'running' && this.#random.chance(0.7)) job.state = 'canceled'
    return null
  }
}
