import type { DatabaseClock } from '../clock.ts'

/** A clock that stands still until it is moved. */
export interface ManualClock extends DatabaseClock {
  advance(ms: number): void
}

/** Creates a clock that stands at `nowMs`. */
export function createManualClock(nowMs = Date.UTC(2027, 0, 1)): ManualClock {
  let current = nowMs
  return {
    now: () => current,
    sample: async () => {},
    skewMs: () => 0,
    advance(ms) {
      current += ms
    },
  }
}
