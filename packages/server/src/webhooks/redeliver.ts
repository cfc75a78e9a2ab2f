import type { Clock } from '../clock.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { Viewer } from '../generations/get-generation.ts'
import { isId } from '../identifiers.ts'
import { DELIVERY_COLUMNS, type Delivery, type DeliveryRow, toDelivery } from './delivery.ts'
import { wakeEndpoint } from './endpoint.ts'

/** What sending again needs of the process. */
export interface RedeliverDependencies {
  database: Database
  clock: Clock
  /** Called after the commit that made something due. */
  onDelivery: () => void
}

/**
 * Makes a delivery due now: one that is over gets all its attempts anew, one that waits for its next attempt gets it now,
 * one under way is left alone. Whoever asks knows that the receiver is back, so an open breaker lets it through.
 */
export async function redeliver(of: RedeliverDependencies, viewer: Viewer, deliveryId: string): Promise<Delivery> {
  if (!isId(deliveryId)) throw notFound()
  const id = deliveryId.toLowerCase()
  const nowMs = of.clock.now()
  return of.database.transaction(async (tx) => {
    const found = firstOrNull(
      await tx.query<{ host: string }>(
        'SELECT host FROM deliveries WHERE delivery_id = $1 AND account_id = $2 AND mode = $3',
        [id, viewer.accountId, viewer.mode],
      ),
    )
    if (found === null) throw notFound()
    const endpoint = { accountId: viewer.accountId, host: found.host }
    await wakeEndpoint(tx, endpoint, nowMs)
    await tx.query('UPDATE webhook_endpoints SET blocked_until = 0, next_at = $3 WHERE account_id = $1 AND host = $2', [
      endpoint.accountId,
      endpoint.host,
      nowMs,
    ])
    await tx.query(
      `UPDATE deliveries SET due_at = $2, completed_at = NULL,
         tries = CASE state WHEN 'pending' THEN tries ELSE 0 END,
         queued_at = CASE state WHEN 'pending' THEN queued_at ELSE $2 END,
         state = 'pending'
       WHERE delivery_id = $1 AND node IS NULL`,
      [id, nowMs],
    )
    const row = firstOrNull(
      await tx.query<DeliveryRow>(`SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE delivery_id = $1`, [id]),
    )
    if (row === null) throw notFound()
    tx.afterCommit(of.onDelivery)
    return toDelivery(row)
  })
}

/** One answer for every id that is not the caller's. */
function notFound(): ClipiaError {
  return new ClipiaError('not_found', 'There is no such delivery.')
}
