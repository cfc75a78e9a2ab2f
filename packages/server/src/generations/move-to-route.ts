import type { Database } from '../database/database.ts'
import { insertUsage, type ToldUsage } from './insert-usage.ts'
import { takeTurn } from './take-turn.ts'

/** Where a generation goes, and what is known of its routes. */
export interface Move {
  requestId: string
  /** The latest claim: the move happens only if nobody has claimed it since. */
  fence: number
  /** Whether a worker holds it, or it is ready in a pool nobody serves. */
  from: 'claimed' | 'ready'
  accountId: string
  /** Index of the new route, and the pool of its engine. */
  route: number
  pool: string
  /** See the columns of `queue`. */
  refusedRoutes: number
  endedRoutes: number
  /** What the engine it leaves charges. */
  usage: ToldUsage | null
  nowMs: number
}

/**
 * Hands a generation to another of its routes: it is ready in the pool of that engine, with the next turn of its account
 * there, so that moving neither jumps a queue nor exceeds a capacity. Nothing of the old engine is left: the caller has
 * proof that nobody renders it. Answers false, having changed nothing, when the claim is lost or a cancel was asked for.
 *
 * Locks are taken in the order queue, lane, as everywhere.
 */
export async function moveToRoute(database: Database, move: Move, onQueued: () => void): Promise<boolean> {
  return database.transaction(async (tx) => {
    const rows = await tx.query(
      `UPDATE queue SET stage = 'ready', step = NULL, due_at = NULL, node = NULL, ticket = NULL, outcome = NULL,
         accepted_at = NULL, has_news = 0, has_begun = 0, start_fence = 0, attempts = 0, route = $4, pool = $5,
         refused_routes = $6, ended_routes = $7
       WHERE request_id = $1 AND fence = $2 AND stage = $3 AND cancel_requested_at IS NULL RETURNING request_id`,
      [move.requestId, move.fence, move.from, move.route, move.pool, move.refusedRoutes, move.endedRoutes],
    )
    if (rows.length === 0) return false
    const turn = await takeTurn(tx, move.pool, move.accountId)
    await tx.query('UPDATE queue SET turn = $2 WHERE request_id = $1', [move.requestId, turn])
    if (move.usage !== null) await insertUsage(tx, move.requestId, move.usage, move.nowMs)
    tx.afterCommit(onQueued)
    return true
  })
}
