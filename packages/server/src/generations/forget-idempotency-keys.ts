import type { Database } from '../database/database.ts'
import { IDEMPOTENCY_LIFETIME_MS } from './find-replay.ts'

/** Rows a transaction, and transactions a call: a long-neglected table must not keep the database busy. */
const BATCH = 500
const MOST_BATCHES = 40

/**
 * Removes idempotency keys that a look-up would not believe any more: used 24 hours ago, for a request that is over. The
 * age is asked again where the row is deleted, so that a key that was used anew meanwhile stays.
 */
export async function forgetOldIdempotencyKeys(database: Database, nowMs: number): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const removed = await database.write(
      `DELETE FROM idempotency_keys WHERE created_at <= $1 AND (account_id, mode, idempotency_key) IN (
         SELECT i.account_id, i.mode, i.idempotency_key FROM idempotency_keys i
         JOIN requests r ON r.request_id = i.request_id
         WHERE i.created_at <= $1 AND r.completed_at IS NOT NULL ORDER BY i.created_at LIMIT ${BATCH})
       RETURNING request_id`,
      [nowMs - IDEMPOTENCY_LIFETIME_MS],
    )
    if (removed.length < BATCH) return
  }
}
