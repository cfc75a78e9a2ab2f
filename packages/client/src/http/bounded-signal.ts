/** A signal that aborts when the caller's does, or after a time. */
export interface BoundedSignal {
  signal: AbortSignal
  /** Lifts the bound of time; the caller's abort still counts. */
  stopTimer(): void
  /** Lets go of the caller's signal too; to be called as soon as the work is over. */
  release(): void
}

/** Timers take no more; a longer bound is none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Bounds work by the caller's signal and by time; when the time is up the signal's reason is `onTimeout()`. */
export function boundSignal(
  signal: AbortSignal | undefined,
  timeoutMs: number,
  onTimeout: () => unknown,
): BoundedSignal {
  const controller = new AbortController()
  const passOn = () => controller.abort(signal?.reason)
  if (signal?.aborted) passOn()
  signal?.addEventListener('abort', passOn, { once: true })
  const isBounded = timeoutMs <= LONGEST_TIMER_MS
  const timer = isBounded ? setTimeout(() => controller.abort(onTimeout()), timeoutMs) : undefined
  const stopTimer = () => clearTimeout(timer)
  return {
    signal: controller.signal,
    stopTimer,
    release() {
      stopTimer()
      signal?.removeEventListener('abort', passOn)
    },
  }
}
