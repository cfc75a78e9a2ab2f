import { routeKey, type StoredRoute } from '../../generations/stored-job.ts'

/** Faults in a row after which a route is left alone, and for how long at first and at most. */
const FAULTS = 5
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 5 * 60 * 1000

interface Breaker {
  faults: number
  pauseMs: number
  openUntil: number
  /** While the pause is over and one job is trying the route again; others wait for how that goes. */
  trialUntil: number
}

/**
 * What this node has seen of each route: one whose engine keeps refusing jobs, or leaves unknown what became of them, is
 * left alone for a while, then tried with one job. Each node has its own: it costs no write, nothing that fails with the
 * database, and a node with a broken network of its own does not speak for the others.
 */
export interface Breakers {
  /** How long until a job may try the route, in milliseconds; 0 for now. Changes nothing. */
  waitMs(route: StoredRoute, nowMs: number): number
  /** A job is about to try the route; on one that had a pause the only one, until `report` or `untilMs`. */
  begin(route: StoredRoute, nowMs: number, untilMs: number): void
  /** How trying it went. */
  report(route: StoredRoute, result: TrialResult, nowMs: number): void
}

/** The engine answered for itself, was at fault, or was not asked after all. */
export type TrialResult = 'answered' | 'fault' | 'unasked'

/** Creates the breakers of a node, all closed. */
export function createBreakers(): Breakers {
  const byRoute = new Map<string, Breaker>()
  const end = (trial: Breaker | undefined) => {
    if (trial !== undefined) trial.trialUntil = 0
  }
  return {
    waitMs(route, nowMs) {
      const breaker = byRoute.get(routeKey(route))
      return breaker === undefined ? 0 : Math.max(0, breaker.openUntil - nowMs, breaker.trialUntil - nowMs)
    },
    begin(route, _nowMs, untilMs) {
      const breaker = byRoute.get(routeKey(route))
      if (breaker !== undefined && breaker.faults >= FAULTS) breaker.trialUntil = untilMs
    },
    report(route, result, nowMs) {
      const key = routeKey(route)
      if (result === 'answered') byRoute.delete(key)
      if (result === 'unasked') end(byRoute.get(key))
      if (result !== 'fault') return
      const breaker = byRoute.get(key) ?? { faults: 0, pauseMs: FIRST_PAUSE_MS / 2, openUntil: 0, trialUntil: 0 }
      breaker.faults += 1
      end(breaker)
      // Jobs that had begun before the pause say nothing new.
      if (breaker.faults >= FAULTS && breaker.openUntil <= nowMs) {
        breaker.pauseMs = Math.min(breaker.pauseMs * 2, LONGEST_PAUSE_MS)
        breaker.openUntil = nowMs + breaker.pauseMs
      }
      byRoute.set(key, breaker)
    },
  }
}
