const DAY_MS = 24 * 60 * 60 * 1000

/** The day of a moment in UTC, in days since the epoch: what usage is counted by. */
export function usageDayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS)
}
