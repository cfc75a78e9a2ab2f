import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { EngineContext, Engines } from '../engines/engine.ts'
import type { StartName } from '../generations/callback-address.ts'
import type { Claimed } from '../generations/claimed.ts'
import type { FinishDependencies } from '../generations/finish-generation.ts'
import type { StoredRoute } from '../generations/stored-job.ts'
import type { Collect } from '../media/collect.ts'
import type { Breakers } from './routing/breakers.ts'
import type { Durations } from './routing/durations.ts'

/** What the steps of the state machine need of the process. */
export interface StepDependencies extends FinishDependencies {
  clock: Clock
  engines: Engines
  collect: Collect
  breakers: Breakers
  durations: Durations
  /** Where an engine may say that it has news of a start; null where it cannot reach us. */
  callbackUrl: (start: StartName) => string | null
  log: Logger
  /** Aborted when the process can wait no longer for the step. */
  stop?: AbortSignal
}

/** Ends a call before the lease of its step does, and with the process. */
export function limitCall({ stop }: Pick<StepDependencies, 'stop'>, ms: number): AbortSignal {
  const timeout = AbortSignal.timeout(Math.max(1, ms))
  return stop === undefined ? timeout : AbortSignal.any([timeout, stop])
}

/** What an engine call about a generation is given. */
export function contextOf(
  of: Pick<StepDependencies, 'clock' | 'callbackUrl'>,
  start: StartName,
  signal: AbortSignal,
): EngineContext {
  return { signal, nowMs: of.clock.now(), callbackUrl: of.callbackUrl(start) }
}

/** The route a generation is on. */
export function routeOf({ routes, route }: Pick<Claimed, 'routes' | 'route'>): StoredRoute {
  const current = routes[route]
  if (current === undefined) throw new Error(`there is no route ${route}`)
  return current
}
