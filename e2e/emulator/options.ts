/** The operations of the protocol that can go wrong on demand. */
export const ROUTES = ['start', 'find', 'check', 'cancel', 'media'] as const
export type Route = (typeof ROUTES)[number]

/** What a fault does instead of answering well. */
export const ACTS = ['reset', 'hang', 'answer', 'truncate', 'slow', 'late'] as const

/** One thing that goes wrong with one call. */
export interface Fault {
  on: Route
  /**
   * `reset` the connection; `hang` until the client leaves; `answer` with `status` and `body`; `truncate` the good answer
   * half-way; send it in pieces over `delayMs` (`slow`); do the work only once the client has gone (`late`).
   */
  act: (typeof ACTS)[number]
  /**
   * Whether the work (accepting, canceling) is done before it goes wrong. Default `before`: it is not. `truncate` and
   * `slow` always do it.
   */
  stage?: 'before' | 'after'
  /** HTTP status of `answer`. Default 500. */
  status?: number
  /** Body of `answer`: text as it is, anything else as JSON. Default an error of the protocol. */
  body?: unknown
  /** `Retry-After` of `answer`. */
  retryAfterSeconds?: number
  /** Real milliseconds of `slow`. Default 100. */
  delayMs?: number
  /** Only for the job with this id of the client's. */
  clientId?: string
  /** Calls it lasts for. Default 1. */
  times?: number
}

/** How one accepted job will go. Times are milliseconds of the emulator's clock. */
export interface JobPlan {
  queueMs: number
  runMs: number
  /** How long it stays at 99 per cent after that. */
  lateMs: number
  /** Said instead of `running` for the first `oddMs` of the run; null for none. */
  oddState: string | null
  oddMs: number
  /** How it fails at its end; null to finish. */
  error: { code: string; message: string; charged?: boolean } | null
  /** Pictures it makes; null for the input's `num_images`, else 1. */
  mediaCount: number | null
  /** `obey` a cancel, `refuse` it with 409, or `ignore` it: say yes and finish all the same. */
  cancel: 'obey' | 'refuse' | 'ignore'
  /** How long an obeyed cancel takes; a job that ends sooner has ended. */
  cancelMs: number
  isCancelCharged: boolean
}

/** A fault that strikes each call of its route with this probability. */
export interface FaultChance {
  probability: number
  fault: Fault
}

/** A plan that an accepted job gets with this probability. */
export interface JobChance {
  probability: number
  job: Partial<JobPlan>
}

/** What a running emulator can be told; a field that is left out changes nothing. */
export interface Control {
  /** Moves a virtual clock. */
  advanceMs?: number
  /** Whether a second start with the same id answers the first job (true) or renders again. */
  isStartIdempotent?: boolean
  /** Whether `GET /jobs?client_id=` exists. */
  canFind?: boolean
  /** Changes the plan of jobs accepted from now on. */
  job?: Partial<JobPlan>
  /** Plans of the next accepted jobs, in order, over the common one. */
  nextJobs?: Partial<JobPlan>[]
  /** Further faults; the first that fits a call strikes. */
  faults?: Fault[]
  /** Forgets all faults, scripted and by chance, before the new ones are taken. */
  clearFaults?: boolean
  /** Replaces the random faults. Of the chances of a route at most one strikes a call. */
  faultChances?: FaultChance[]
  /** Replaces the random plans. */
  jobChances?: JobChance[]
}

/** How an emulator starts; all that {@link Control} can say, and what stays. */
export interface EmulatorOptions extends Omit<Control, 'advanceMs' | 'clearFaults'> {
  /** Default 0: any free one. */
  port?: number
  /** The bearer token to ask for. Default null: none. */
  token?: string | null
  /** `virtual` stands still but for `advanceMs`. Default `real`. */
  clock?: 'real' | 'virtual'
  /** Of the random faults and plans: the same seed strikes the same calls of the same jobs. Default 1. */
  seed?: number
}

/** A job that does nothing unusual, quickly. */
export const DEFAULT_PLAN: Readonly<JobPlan> = {
  queueMs: 0,
  runMs: 200,
  lateMs: 0,
  oddState: null,
  oddMs: 0,
  error: null,
  mediaCount: null,
  cancel: 'obey',
  cancelMs: 0,
  isCancelCharged: false,
}
