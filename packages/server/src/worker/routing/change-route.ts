import type { Claimed } from '../../generations/claimed.ts'
import type { ToldUsage } from '../../generations/insert-usage.ts'
import { moveToRoute } from '../../generations/move-to-route.ts'
import type { StepDependencies } from '../step-dependencies.ts'

/** Why a generation leaves its route: nobody there accepted it, or it was accepted, failed, and is charged nothing. */
export type Reason = 'refused' | 'ended'

/**
 * Hands a generation to the first other route that could start it now. Only for one that nobody renders and nobody will
 * charge for. A route that ended the job is never taken again; one that refused it not before the job has waited. Answers
 * false, having changed nothing, when there is no such route, the claim is lost, or a cancel was asked for.
 */
export async function changeRoute(
  of: StepDependencies,
  claimed: Claimed,
  reason: Reason,
  usage: ToldUsage | null = null,
): Promise<boolean> {
  const bit = 1 << claimed.route
  const refusedRoutes = reason === 'refused' ? claimed.refusedRoutes | bit : claimed.refusedRoutes
  const endedRoutes = reason === 'ended' ? claimed.endedRoutes | bit : claimed.endedRoutes
  const route = findUsableRoute(of, claimed, refusedRoutes | endedRoutes | bit)
  if (route === null) return false
  const pool = claimed.routes[route]?.engine ?? ''
  const { requestId, fence, job } = claimed
  const nowMs = of.clock.now()
  const move = { requestId, fence, from: 'claimed', accountId: job.accountId, route, pool } as const
  const isMoved = await moveToRoute(of.database, { ...move, refusedRoutes, endedRoutes, usage, nowMs }, of.onQueued)
  if (isMoved) of.log.warn({ requestId, from: claimed.engine, to: pool, reason }, 'a generation changes its route')
  return isMoved
}

/** The first route outside a set of bits whose engine is active here and not left alone; null for none. */
export function findUsableRoute(
  of: Pick<StepDependencies, 'engines' | 'breakers' | 'clock'>,
  { routes }: Pick<Claimed, 'routes'>,
  excluded: number,
): number | null {
  const index = routes.findIndex(
    (route, position) =>
      (excluded & (1 << position)) === 0 &&
      of.engines.get(route.engine)?.isActive(route.settings) === true &&
      of.breakers.waitMs(route, of.clock.now()) === 0,
  )
  return index < 0 ? null : index
}
