import type { Database } from '../database/database.ts'
import { lockEndpoint, placeEndpoint } from './endpoint.ts'

/** How long a delivery may be pending since it was queued: many times what its attempts take at a receiver that answers. */
export const PENDING_LIMIT_MS = 24 * 60 * 60 * 1000

const BATCH = 500

/** Makes pending deliveries that are too old dead, except those under way. They stay in the log and can be redelivered. */
export async function giveUpOldDeliveries(database: Database, nowMs: number): Promise<void> {
  const old = await database.read<{ account_id: string; host: string; delivery_id: string }>(
    `SELECT account_id, host, delivery_id FROM deliveries WHERE state = 'pending' AND queued_at <= $1
     ORDER BY queued_at LIMIT ${BATCH}`,
    [nowMs - PENDING_LIMIT_MS],
  )
  for (const group of Map.groupBy(old, (row) => `${row.account_id} ${row.host}`).values()) {
    const [first] = group
    if (first === undefined) continue
    const endpoint = { accountId: first.account_id, host: first.host }
    await database.transaction(async (tx) => {
      const breaker = await lockEndpoint(database, tx, endpoint)
      for (const { delivery_id: deliveryId } of group) {
        await tx.query(
          `UPDATE deliveries SET state = 'dead', completed_at = $2, node = NULL, fence = fence + 1,
             error = 'its receiver was in trouble for too long'
           WHERE delivery_id = $1 AND state = 'pending' AND queued_at <= $3 AND (node IS NULL OR due_at <= $2)`,
          [deliveryId, nowMs, nowMs - PENDING_LIMIT_MS],
        )
      }
      await placeEndpoint(tx, endpoint, breaker, nowMs)
    })
  }
}
