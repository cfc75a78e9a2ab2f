import { routeKey, type StoredRoute } from '../../generations/stored-job.ts'

/** Jobs of a route that are remembered. */
const REMEMBERED = 25

/**
 * How long the jobs of each route took lately, from acceptance to result, as this node saw it: what a check is worth
 * when. Forgotten with the process, which then checks a little more often for a while.
 */
export interface Durations {
  record(route: StoredRoute, durationMs: number): void
  /** The median, in milliseconds; null for a route nothing is known of. */
  typicalMs(route: StoredRoute): number | null
}

/** Creates the memory of a node. */
export function createDurations(): Durations {
  const byRoute = new Map<string, number[]>()
  return {
    record(route, durationMs) {
      const key = routeKey(route)
      byRoute.set(key, [...(byRoute.get(key) ?? []), durationMs].slice(-REMEMBERED))
    },
    typicalMs(route) {
      const sorted = (byRoute.get(routeKey(route)) ?? []).toSorted((left, right) => left - right)
      return sorted[Math.floor(sorted.length / 2)] ?? null
    },
  }
}
