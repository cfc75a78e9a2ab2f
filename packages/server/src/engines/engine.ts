import type { GenerationErrorCode } from '@clipia/contract'
import type { JsonValue } from '../json.ts'

/** All an engine needs to know of a generation; stored with it, so that a changed catalogue strands nothing. */
export interface Job {
  requestId: string
  accountId: string
  model: string
  type: 'image' | 'video' | 'audio'
  /** Checked, with defaults applied, in the engine's own words where its route has a mapping. */
  input: Readonly<Record<string, JsonValue>>
  /** The URLs in the input that name media of the caller, http(s) or `data:`; to be had through `media/inputs.ts` only. */
  media: readonly string[]
  /** What the model file tells its engine, such as the provider's model id. */
  settings: Readonly<Record<string, JsonValue>>
}

/** How an engine recognises its job again: JSON that is stored, opaque to everyone else. */
export type Ticket = JsonValue

/**
 * One piece of media an engine made, still to be brought home: in our store already, at a URL that needs no credential,
 * held by the engine, which brings it by {@link Engine.download}, or the sandbox's sample of the job's type.
 */
export type MediaSource =
  | { kind: 'blob'; blob: string }
  | { kind: 'url'; url: string }
  | { kind: 'held'; reference: JsonValue }
  | { kind: 'sample' }

/** The job is alive; `percent` is 0 to 100, or null where the engine does not tell. */
export interface Progress {
  state: 'running'
  percent: number | null
  /** Whether it still waits at the engine; left out where it has begun, or the engine does not tell. */
  isWaiting?: boolean
}

/** What a provider says it charges the operator for a job. */
export interface Usage {
  /** What is counted, in the provider's words: `usd`, `second`, `unit`, `token`. */
  unit: string
  /** How many of it; not negative, kept to millionths. */
  amount: number
}

/** The job is done. `seed` is what the render was seeded with, where there is one. */
export interface Finished {
  state: 'finished'
  media: readonly MediaSource[]
  seed?: number
  usage?: Usage
}

/** The engine ended the job without a result. */
export interface Failed {
  state: 'failed'
  code: GenerationErrorCode
  /** For the caller: no paths, hosts or keys. */
  message: string
  /** Whether the engine states that it charges for it all the same; then nothing is refunded. */
  isCharged: boolean
  /**
   * Whether the fault is the engine's own, and it is sure to charge nothing: then another route may make it good. Left
   * out for what the input or the caller is to blame for, and for what may have been charged.
   */
  isEngineFault?: boolean
  usage?: Usage
}

/** The engine stopped the job before it was done. */
export interface Canceled {
  state: 'canceled'
  /** As in {@link Failed}. */
  isCharged: boolean
}

/** How a job that is over stands. */
export type Outcome = Finished | Failed | Canceled

/** What a start led to: a ticket to ask by, or the result at once. */
export type Started = { ticket: Ticket } | Outcome

/** What an engine call is given besides the job. */
export interface EngineContext {
  /** Aborted before the lease of the step ends: an engine call must not outlive it. */
  signal: AbortSignal
  /** Epoch milliseconds. */
  nowMs: number
  /** Where the provider may say that a job has news; null where it cannot reach us. */
  callbackUrl: string | null
}

/** What came in at a callback URL. */
export interface Callback {
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  /** Byte for byte, as it was signed. */
  body: Buffer
}

/** What a genuine callback says. */
export interface Heard {
  /** The ticket of the job it is about; null where it does not name one. */
  ticket: Ticket | null
}

/** When a job can be stopped: at any time, only while it waits at the engine, or not at all. */
export type Cancelable = 'always' | 'waiting' | 'never'

/** What an engine can do, stated as data. */
export interface EngineTraits {
  /** Starting again with the same request id never makes a second render. */
  isStartIdempotent: boolean
  /** Least milliseconds between two checks of a running job; the longer a job takes, the longer they become. */
  pollMs: number
  /** Most milliseconds between two checks; default 15 seconds. */
  longestPollMs?: number
  /**
   * Whether its callbacks name the job, so that a start whose answer was lost may yet be heard of: it is then waited for
   * until the deadline, and not refunded at once. Default false.
   */
  hasTellingCallbacks?: boolean
  /** Jobs of this engine that may run at once over all nodes; null when only {@link Engine.freeSlots} bounds them. */
  capacity: number | null
}

/**
 * The port to what renders. An adapter translates and nothing else: no loop, no sleep, no state of a job in memory.
 * Thrown errors: {@link NotAccepted} when the job certainly does not exist there; anything else leaves it unknown.
 */
export interface Engine {
  readonly name: string
  readonly traits: EngineTraits
  /**
   * Whether it could run a job now (credentials, optional packages), or one with these settings; a model of which it
   * could not is inactive.
   */
  isActive(settings?: Job['settings']): boolean
  /** How many further jobs this node could start now. */
  freeSlots(): number
  start(job: Job, context: EngineContext): Promise<Started>
  check(job: Job, ticket: Ticket, context: EngineContext): Promise<Progress | Outcome>
  /** Finds the job after a start whose outcome is unknown; null when it certainly never began. */
  find?(job: Job, context: EngineContext): Promise<Started | null>
  /**
   * Asks for the job to be stopped; repeating it is harmless. Answers how it ended where the engine knows that at once;
   * null where the next check tells.
   */
  cancel?(job: Job, ticket: Ticket, context: EngineContext): Promise<Canceled | null>
  /** When `cancel` can stop a job with these settings; left out for an engine that can at any time. */
  cancelable?(job: Pick<Job, 'type' | 'settings'>): Cancelable
  /** Writes media the engine holds to a file; needed where a {@link MediaSource} is `held`. */
  download?(job: Job, reference: JsonValue, path: string, context: EngineContext): Promise<void>
  /** What a callback says, if it is genuine: signed by the provider, recent. Null for any other, which is ignored. */
  readCallback?(callback: Callback, context: EngineContext): Promise<Heard | null>
  /** Finishes or abandons what this node runs itself, within `graceMs`. */
  close?(graceMs: number): Promise<void>
}

/** Why an engine did not do what it was asked. */
export interface RefusalOptions {
  /** Milliseconds to wait before the next try, when the engine said so. */
  retryAfterMs?: number | undefined
  cause?: unknown
}

/** Proof that a start was not accepted (no connection, a 4xx, a 429): it may be tried again, here or elsewhere. */
export class NotAccepted extends Error {
  readonly retryAfterMs: number | undefined
  /** False where it never came to asking the engine (an input that is slow to come): no reason to go elsewhere. */
  readonly isEngineFault: boolean

  constructor(message: string, options: RefusalOptions & { isEngineFault?: boolean } = {}) {
    super(message, { cause: options.cause })
    this.name = 'NotAccepted'
    this.retryAfterMs = options.retryAfterMs
    this.isEngineFault = options.isEngineFault ?? true
  }
}

/** The engine has no time for anything but a start (a 429, a 503): ask again later. */
export class EngineBusy extends Error {
  readonly retryAfterMs: number | undefined

  constructor(message: string, options: RefusalOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'EngineBusy'
    this.retryAfterMs = options.retryAfterMs
  }
}

/** The engines of this process by name; a job whose engine is missing waits until it is back. */
export type Engines = ReadonlyMap<string, Engine>
