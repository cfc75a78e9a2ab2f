/** How an endpoint does: its troubles in a row, and until when it is left alone (epoch milliseconds). */
export interface Breaker {
  failures: number
  blockedUntil: number
}

/** Attempts an endpoint may have under way at once, over all nodes. */
const CONCURRENCY = 8

/** From so many troubles in a row on it is open: one attempt at a time, after growing pauses. */
const OPEN_AFTER = 10
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/** How many attempts may be under way at once. */
export function allowedAtOnce({ failures }: Breaker): number {
  return failures >= OPEN_AFTER ? 1 : CONCURRENCY
}

/**
 * The breaker after an attempt. Only what shows that the host is in trouble counts: no answer, 429, 5xx. Any other answer
 * closes it, for a refusal comes from a host that is well.
 */
export function afterAttempt(breaker: Breaker, status: number | null, nowMs: number): Breaker {
  const isTrouble = status === null || status === 429 || status >= 500
  if (!isTrouble) return { failures: 0, blockedUntil: 0 }
  const failures = Math.min(breaker.failures + 1, 1_000)
  if (failures < OPEN_AFTER) return { failures, blockedUntil: breaker.blockedUntil }
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - OPEN_AFTER), LONGEST_PAUSE_MS)
  return { failures, blockedUntil: nowMs + pauseMs }
}
