import type { Expression } from '../../expressions/expression.ts'
import type { PathTemplate } from './path-template.ts'

/** How a job stands, in our words. */
export type StandingWord = 'queued' | 'running' | 'finished' | 'failed' | 'rejected' | 'canceled'

/** One of {@link StandingWord}. */
export const STANDING_WORDS: readonly StandingWord[] = [
  'queued',
  'running',
  'finished',
  'failed',
  'rejected',
  'canceled',
]

/** A request of a provider's wire. */
export interface Request {
  method: string
  path: PathTemplate
}

/** How an answer about a job is read; each expression is evaluated over its JSON. */
export interface AnswerReading {
  /** The provider's word for how the job stands. */
  status: Expression
  /** Our word by the provider's. */
  words: ReadonlyMap<string, StandingWord>
  /** 0 to 100. */
  progress: Expression | null
  /** A URL, an object with `url`, or a list of them; null to look in the usual places. */
  media: Expression | null
  seed: Expression | null
  /** The reason, for the caller. */
  error: Expression | null
  /** Whether it was the content that was rejected, where the status does not say. */
  rejected: Expression | null
  /** Whether the provider charges for a job without media all the same. */
  charged: Expression | null
  usage: { unit: string; amount: Expression } | null
}

/** A provider's wire, as its operator describes it in a file. Never holds a secret: those stand in the environment. */
export interface Definition {
  name: string
  baseUrl: string
  /** Variable of the environment with another base URL; null for none. */
  baseUrlVariable: string | null
  /** Variable with the credential, without which the engine is not set up; null for a provider that wants none. */
  credentialVariable: string | null
  /** Sent with every request; `{credential}` stands for the credential. */
  headers: Readonly<Record<string, string>>
  capacity: number
  pollMs: number
  /** How media are named that the provider cannot reach: by their bytes, or by their URL all the same. */
  mediaInputs: 'data_url' | 'url'
  /** Whether the provider charges nothing for what it failed, so that another route may be tried. */
  areFailuresFree: boolean
  start: Request & {
    /** Evaluated over the job; null to send the input as it is. */
    body: Expression | null
    /** The provider's id of the job. */
    ticket: Expression | null
    /** Header that takes our id as an idempotency key, with which the provider never renders twice; null for none. */
    idempotencyHeader: string | null
  }
  check: (Request & { lost: Expression | null }) | null
  /** A second request for what a finished job made; null where the answer to the check has it. */
  result: Request | null
  /** With `onlyWaiting` only a job that is still queued can be stopped. */
  cancel: (Request & { onlyWaiting: boolean }) | null
  /** Finds a job by our id, after a start whose outcome is unknown; without a ticket it certainly never began. */
  find: (Request & { ticket: Expression }) | null
  answer: AnswerReading
  /** Null for a provider whose callbacks are not asked for. */
  callback: {
    /** Variable with the secret by which the provider signs callbacks after Standard Webhooks. */
    secretVariable: string
    /** The provider's id of the job, over the JSON of a callback; null where it does not say. */
    ticket: Expression | null
  } | null
}
