import type { Mode } from '@clipia/contract'
import type { Database } from '../database/database.ts'

/** Few a transaction, so that nobody waits for it. */
const BATCH = 500

interface OldRow {
  account_id: string
  mode: Mode
  seq: number
}

/**
 * Forgets what ended before a moment: streams resume behind it. Of an account and mode the first of the order go, never
 * one from their midst, so that what is missing is known by the number of the first that is left. The moment is kept, so
 * that an audit knows from when on there must be an end for each request that is over.
 */
export async function forgetOldEndings(database: Database, beforeMs: number): Promise<void> {
  // Looking costs no write.
  const isOld = async () =>
    (await database.read('SELECT 1 AS old FROM endings WHERE ended_at < $1 LIMIT 1', [beforeMs])).length > 0
  while (await isOld()) await forgetBatch(database, beforeMs)
}

function forgetBatch(database: Database, beforeMs: number): Promise<void> {
  return database.transaction(async (tx) => {
    // Of several nodes one at a time: two that took the ends of the same accounts could wait for each other.
    await tx.query(`SELECT id FROM installation ${database.capabilities.forUpdate}`)
    const rows = await tx.query<OldRow>(
      `SELECT account_id, mode, seq FROM endings WHERE ended_at < $1 ORDER BY ended_at LIMIT ${BATCH}`,
      [beforeMs],
    )
    let keptFrom = beforeMs
    for (const owned of Map.groupBy(rows, (row) => `${row.account_id} ${row.mode}`).values()) {
      const [first] = owned
      if (first === undefined) continue
      const lastSeq = Math.max(...owned.map((row) => row.seq))
      // The order is that of commits, and a moment earlier than that of `ended_at`: a few younger ones may go along.
      const gone = await tx.query<{ ended_at: number }>(
        'DELETE FROM endings WHERE account_id = $1 AND mode = $2 AND seq <= $3 RETURNING ended_at',
        [first.account_id, first.mode, lastSeq],
      )
      for (const row of gone) keptFrom = Math.max(keptFrom, row.ended_at + 1)
    }
    await tx.query('UPDATE installation SET endings_kept_from = $1 WHERE endings_kept_from < $1', [keptFrom])
  })
}
