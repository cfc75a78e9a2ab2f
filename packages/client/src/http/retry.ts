import { ClipiaApiError } from '../errors/api-error.ts'
import { wait } from './wait.ts'

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([0, 429, 500, 502, 503, 504])
const LONGEST_WAIT_MS = 30_000

/** How often and how patiently a call is tried again. */
export interface RetryPolicy {
  maxRetries: number
  /** The first wait, in milliseconds; it doubles with every failure in a row, up to 30 s. */
  firstWaitMs: number
  /** A server that asks for more is not waited for: the caller decides. In milliseconds, default 60,000. */
  longestRetryAfterMs?: number | undefined
}

/** Whether another try may succeed: no answer, throttled, a server in trouble, or a twin that is still being written. */
export function isTransient(error: unknown): error is ClipiaApiError {
  if (!(error instanceof ClipiaApiError) || error.code === 'subscribe_timeout') return false
  return TRANSIENT_STATUSES.has(error.status) || error.code === 'request_in_progress'
}

/** How long to wait before try number `failures + 1`; null when the error is final. */
export function waitBeforeRetry(error: unknown, failures: number, policy: RetryPolicy): number | null {
  if (failures > policy.maxRetries || !isTransient(error)) return null
  const { retryAfterMs } = error
  const { longestRetryAfterMs = 60_000 } = policy
  if (retryAfterMs === undefined) return Math.min(policy.firstWaitMs * 2 ** failures, LONGEST_WAIT_MS)
  return retryAfterMs <= longestRetryAfterMs ? retryAfterMs : null
}

/** Calls until it succeeds, fails for good, or has been tried as often as allowed. Aborts are passed through. */
export async function retry<T>(call: () => Promise<T>, policy: RetryPolicy, signal?: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await call()
    } catch (error) {
      const ms = waitBeforeRetry(error, failures, policy)
      if (ms === null) throw error
      await wait(ms, signal)
    }
  }
}
