import type { Database } from '../database/database.ts'

/** An empty bucket is full again after a minute, whatever its rate; the rest is for clocks that differ. */
const FULL_AFTER_MS = 10 * 60_000

/** Rows a transaction. */
const BATCH = 500

/** Removes buckets of keys that nobody has used for so long that they are full: without a row a bucket is full too. */
export async function forgetFullBuckets(database: Database, nowMs: number): Promise<void> {
  for (let count = BATCH; count === BATCH; ) {
    const removed = await database.write(
      `DELETE FROM rate_buckets WHERE updated_at <= $1
         AND key_id IN (SELECT key_id FROM rate_buckets WHERE updated_at <= $1 LIMIT ${BATCH}) RETURNING key_id`,
      [nowMs - FULL_AFTER_MS],
    )
    count = removed.length
  }
}
