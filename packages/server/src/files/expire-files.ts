import type { Database } from '../database/database.ts'
import { countOff, REMOVED_COLUMNS, type RemovedFile } from './remove-files.ts'

const BATCH = 100

/** Removes the files whose time is over. Safe on many nodes: each file is removed, and counted off, by one of them. */
export async function expireFiles(database: Database, nowMs: number): Promise<void> {
  for (let count = BATCH; count === BATCH; ) {
    count = await database.transaction(async (tx) => {
      // A submit that takes a file at this moment moves its time on, and the condition no longer holds.
      const removed = await tx.query<RemovedFile>(
        `DELETE FROM files WHERE expires_at <= $1 AND file_id IN (
           SELECT file_id FROM files WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${BATCH}
         ) RETURNING ${REMOVED_COLUMNS}`,
        [nowMs],
      )
      await countOff(tx, removed, nowMs)
      return removed.length
    })
  }
}
