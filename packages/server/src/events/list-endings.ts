import { type Database, firstOrNull } from '../database/database.ts'
import type { Viewer } from '../generations/get-generation.ts'

/** A request that ended, at its place in the order of ends of its account and mode. */
export interface EndedRequest {
  seq: number
  requestId: string
  /** The id under which its webhook is known, the same whoever sends it; its own where it asked for none. */
  deliveryId: string
}

/** Lists what ended after a place in the order, in order. Nothing that is committed later comes before what is listed. */
export async function listEndings(
  database: Database,
  { accountId, mode }: Viewer,
  after: number,
  limit: number,
): Promise<EndedRequest[]> {
  const rows = await database.read<{ seq: number; request_id: string; delivery_id: string }>(
    `SELECT e.seq, e.request_id, coalesce(d.delivery_id, e.request_id) AS delivery_id
     FROM endings e JOIN requests r ON r.request_id = e.request_id LEFT JOIN deliveries d ON d.request_id = e.request_id
     WHERE e.account_id = $1 AND e.mode = $2 AND e.seq > $3 ORDER BY e.seq LIMIT $4`,
    [accountId, mode, after, limit],
  )
  return rows.map((row) => ({ seq: row.seq, requestId: row.request_id, deliveryId: row.delivery_id }))
}

/** The place of the last end of an account and mode; 0 when nothing has ended yet. */
export async function getLastEnding(database: Database, { accountId, mode }: Viewer): Promise<number> {
  const sql = 'SELECT last_ending AS seq FROM balances WHERE account_id = $1 AND mode = $2'
  return firstOrNull(await database.read<{ seq: number }>(sql, [accountId, mode]))?.seq ?? 0
}
