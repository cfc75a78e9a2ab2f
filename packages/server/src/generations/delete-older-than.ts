import type { Mode } from '@clipia/contract'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { deleteGeneration } from './delete-generation.ts'

const BATCH = 100

/**
 * Deletes, as their owners could, the generations that were over at `cutoffMs`. One whose media a generation that is not
 * over was given waits until that one is.
 */
export async function deleteOlderThan(of: { database: Database; clock: Clock }, cutoffMs: number): Promise<void> {
  for (let count = BATCH; count === BATCH; ) {
    const rows = await of.database.read<{ request_id: string; account_id: string; mode: Mode }>(
      `SELECT request_id, account_id, mode FROM requests r
       WHERE completed_at IS NOT NULL AND deleted_at IS NULL AND completed_at <= $1
         AND NOT EXISTS (SELECT 1 FROM media m JOIN input_uses u ON u.name = m.name
           JOIN queue q ON q.request_id = u.request_id WHERE m.request_id = r.request_id)
       ORDER BY completed_at LIMIT ${BATCH}`,
      [cutoffMs],
    )
    for (const row of rows) {
      await deleteGeneration(of, { accountId: row.account_id, mode: row.mode }, row.request_id)
    }
    count = rows.length
  }
}
