import type { Database } from '../database/database.ts'
import { CLAIMED_COLUMNS, type Claimed, type ClaimedRow, readClaimed } from './claimed.ts'
import { LEASE_MS } from './states.ts'

/**
 * Claims steps of a pool that are due: the next step of a running generation, or one whose node let its lease run out. A
 * start found under way has an unknown outcome and becomes `recover`.
 */
export async function claimDue(
  database: Database,
  claim: { pool: string; node: string; limit: number; nowMs: number },
): Promise<Claimed[]> {
  const rows = await database.write<ClaimedRow>(claimDueStatement(database), [
    claim.nowMs,
    claim.limit,
    claim.node,
    claim.nowMs + LEASE_MS.check,
    claim.nowMs + LEASE_MS.collect,
    claim.pool,
  ])
  return Promise.all(rows.map((row) => readClaimed(database, row)))
}

function claimDueStatement(database: Database): string {
  return `WITH next AS MATERIALIZED (
      SELECT request_id FROM queue WHERE stage = 'claimed' AND pool = $6 AND due_at <= $1
      ORDER BY due_at LIMIT $2 ${database.capabilities.skipLocked}
    )
    UPDATE queue SET fence = fence + 1, node = $3, has_news = 0,
      start_fence = CASE step WHEN 'start' THEN fence + 1 ELSE start_fence END,
      due_at = CASE step WHEN 'collect' THEN $5 ELSE CAST($4 AS BIGINT) END,
      attempts = attempts + CASE step WHEN 'start' THEN 1 ELSE 0 END,
      step = CASE step WHEN 'start' THEN 'starting' WHEN 'starting' THEN 'recover' ELSE step END
    WHERE request_id IN (SELECT request_id FROM next) RETURNING ${CLAIMED_COLUMNS}`
}
