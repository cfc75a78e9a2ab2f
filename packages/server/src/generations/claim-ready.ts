import type { Database } from '../database/database.ts'
import { announceChange } from '../events/announce.ts'
import { CLAIMED_COLUMNS, type Claimed, type ClaimedRow, toClaimed } from './claimed.ts'
import { LEASE_MS } from './states.ts'

/** What a node asks for in one claim. */
export interface ReadyClaim {
  pool: string
  node: string
  /** How many this node could start. */
  limit: number
  /** How many of the pool may run at once over all nodes; null for no such bound. */
  capacity: number | null
  nowMs: number
}

/**
 * Claims the next ready generations of a pool in fair order; from the commit on they are IN_PROGRESS and their running
 * deadline counts (one that came from another engine keeps both). The pool's row is locked first, so that nodes take turns and its capacity holds over all of them.
 */
export async function claimReady(database: Database, claim: ReadyClaim): Promise<Claimed[]> {
  return database.transaction(async (tx) => {
    await tx.query('INSERT INTO pools (pool, turn) VALUES ($1, 0) ON CONFLICT (pool) DO UPDATE SET turn = pools.turn', [
      claim.pool,
    ])
    let limit = claim.limit
    if (claim.capacity !== null) {
      const running = await tx.query<{ running: number }>(
        `SELECT count(*) AS running FROM queue WHERE pool = $1 AND stage = 'claimed'`,
        [claim.pool],
      )
      limit = Math.min(limit, claim.capacity - (running[0]?.running ?? 0))
    }
    if (limit <= 0) return []
    const rows = await tx.query<ClaimedRow & { turn: number }>(claimReadyStatement(database), [
      claim.pool,
      limit,
      claim.node,
      claim.nowMs + LEASE_MS.starting,
      claim.nowMs,
    ])
    if (rows.length === 0) return []
    await tx.query('UPDATE pools SET turn = $2 WHERE pool = $1 AND turn < $2', [
      claim.pool,
      Math.max(...rows.map((row) => row.turn)),
    ])
    const claimed: Claimed[] = []
    for (const row of rows.sort((left, right) => left.turn - right.turn)) {
      const [request] = await tx.query<{ account_id: string; model: string; input: string; job: string }>(
        `UPDATE requests SET status = 'IN_PROGRESS', started_at = coalesce(started_at, $2),
           version = version + CASE status WHEN 'IN_QUEUE' THEN 1 ELSE 0 END
         WHERE request_id = $1 AND status IN ('IN_QUEUE', 'IN_PROGRESS') RETURNING account_id, model, input, job`,
        [row.request_id, claim.nowMs],
      )
      if (request === undefined) throw new Error(`request ${row.request_id} was ready but is over`)
      claimed.push(toClaimed(row, request))
      tx.afterCommit(() => announceChange(database, row.request_id))
    }
    return claimed
  })
}

/** MATERIALIZED, or PostgreSQL may evaluate the LIMIT again for every row it updates. */
function claimReadyStatement(database: Database): string {
  return `WITH next AS MATERIALIZED (
      SELECT request_id FROM queue WHERE pool = $1 AND stage = 'ready'
      ORDER BY turn, request_id LIMIT $2 ${database.capabilities.skipLocked}
    )
    UPDATE queue SET stage = 'claimed', step = 'starting', fence = fence + 1, start_fence = fence + 1,
      attempts = attempts + 1, node = $3, due_at = $4,
      deadline_at = CASE has_started WHEN 1 THEN deadline_at ELSE $5 + run_limit_ms END, has_started = 1
    WHERE request_id IN (SELECT request_id FROM next) RETURNING ${CLAIMED_COLUMNS}, turn`
}
