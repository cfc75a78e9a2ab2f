/** Waits before the second and each later attempt, in milliseconds; the first is made at once. */
const DELAYS_MS: readonly number[] = [5_000, 30_000, 5 * 60_000, 30 * 60_000, 2 * 60 * 60_000]

/** Attempts a delivery has at most each time it is queued. */
export const MAX_TRIES = DELAYS_MS.length + 1

/** By how much a wait is made shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.1

/** A receiver that answers this wants nothing any more. */
const GONE = 410

/** What becomes of a delivery after an attempt; a wait is in milliseconds. */
export type Verdict = { state: 'delivered' } | { state: 'dead' } | { state: 'pending'; waitMs: number }

/**
 * Judges an attempt: any 2xx delivers, 410 ends, everything else (a redirect, another status, no answer: null) is tried
 * again until `tries`, this one included, are used up. `random` is from 0 to 1.
 */
export function judgeAttempt(status: number | null, tries: number, random: number): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' }
  const delayMs = DELAYS_MS[tries - 1]
  if (status === GONE || delayMs === undefined) return { state: 'dead' }
  return { state: 'pending', waitMs: Math.round(delayMs * (1 + JITTER * (2 * random - 1))) }
}
