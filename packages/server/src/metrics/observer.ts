import type { Mode } from '@clipia/contract'

/** What went wrong with somebody else's server, as far as it tells anybody what to do. */
export type UpstreamFault = 'start_refused' | 'start_unknown' | 'check_failed' | 'collect_failed' | 'unknown_word'

/** What came of an attempt to deliver a webhook. */
export type AttemptResult = 'delivered' | 'failed' | 'dead'

/** What a node does, told as it happens: after the commit where there is one. Its methods must not throw. */
export interface Observer {
  /** A generation was accepted; `cost` in micro-credits, 0 where nothing is charged. */
  generationSubmitted(generation: { model: string; mode: Mode; cost: number }): void
  /** A generation is over; `code` of its error, `refunded` in micro-credits. */
  generationEnded(generation: {
    model: string
    mode: Mode
    status: 'COMPLETED' | 'FAILED' | 'CANCELED'
    code: string | null
    refunded: number
  }): void
  /** A step of the state machine was run on this node; one that threw decided nothing. */
  stepDone(step: { engine: string; step: string; latencyMs: number; hasThrown: boolean }): void
  upstreamFailed(engine: string, fault: UpstreamFault): void
  /** `lagMs` is the time from when it was queued until the first attempt began; null for further attempts. */
  webhookAttempted(attempt: { result: AttemptResult; latencyMs: number; lagMs: number | null }): void
  dutyDone(duty: { name: string; latencyMs: number; hasFailed: boolean }): void
}

const nothing = () => {}

/** Tells nobody. */
export const SILENT_OBSERVER: Observer = {
  generationSubmitted: nothing,
  generationEnded: nothing,
  stepDone: nothing,
  upstreamFailed: nothing,
  webhookAttempted: nothing,
  dutyDone: nothing,
}
