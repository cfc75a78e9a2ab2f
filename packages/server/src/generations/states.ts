import type { RequestStatus } from '@clipia/contract'

/** Statuses that never change again. */
export type TerminalStatus = 'COMPLETED' | 'FAILED' | 'CANCELED'

export function isTerminal(status: RequestStatus): status is TerminalStatus {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED'
}

/** A generation that waits longer than this ends in TIMED_OUT with a refund. */
export const QUEUE_LIMIT_MS = 24 * 60 * 60 * 1000

/**
 * What a claimed generation does next. `starting` is an attempt under way; found again after its lease, its outcome is
 * unknown and it becomes `recover`.
 */
export type Step = 'start' | 'starting' | 'recover' | 'check' | 'collect'

/** How long a claim of each step lasts; the call inside is aborted {@link LEASE_MARGIN_MS} before. */
export const LEASE_MS: Readonly<Record<Step, number>> = {
  start: 30_000,
  starting: 30_000,
  recover: 30_000,
  check: 30_000,
  collect: 120_000,
}
export const LEASE_MARGIN_MS = 5_000
