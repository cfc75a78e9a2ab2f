import type { Database } from '../database/database.ts'

/** Few a transaction, so that nobody waits for it. */
const BATCH = 500

/**
 * Deletes deliveries that are over and were made before a moment, with their attempts, and endpoints with nothing to
 * remember. The moment is kept, so that an audit knows from when on there must be one for each webhook asked for.
 */
export async function deleteOldDeliveries(
  database: Database,
  { beforeMs, nowMs }: { beforeMs: number; nowMs: number },
): Promise<void> {
  while ((await deleteBatch(database, beforeMs)) === BATCH);
  await database.write('DELETE FROM webhook_endpoints WHERE next_at IS NULL AND blocked_until <= $1', [nowMs])
}

async function deleteBatch(database: Database, beforeMs: number): Promise<number> {
  return database.transaction(async (tx) => {
    const rows = await tx.query<{ delivery_id: string }>(
      `SELECT delivery_id FROM deliveries WHERE state <> 'pending' AND created_at < $1
       ORDER BY created_at LIMIT ${BATCH} ${database.capabilities.skipLocked}`,
      [beforeMs],
    )
    if (rows.length === 0) return 0
    await tx.query('UPDATE installation SET deliveries_kept_from = $1 WHERE deliveries_kept_from < $1', [beforeMs])
    for (const { delivery_id: deliveryId } of rows) {
      await tx.query('DELETE FROM delivery_attempts WHERE delivery_id = $1', [deliveryId])
      await tx.query('DELETE FROM deliveries WHERE delivery_id = $1', [deliveryId])
    }
    return rows.length
  })
}
