import type { Transaction } from '../database/database.ts'
import type { GivenInputs } from './input-files.ts'
import { insertFile } from './insert-file.ts'

/**
 * Notes what a new request was given, in the transaction that inserts it: files that came with it are made known, and
 * each file of the account lives on until the request must be over. A file that vanished since it was checked is left
 * out: the request then fails, refunded.
 *
 * Locks are taken in the order file, space, blob, after all others.
 */
export async function insertInputs(
  tx: Transaction,
  request: { requestId: string; accountId: string; given: GivenInputs | null },
  keepUntil: number,
): Promise<void> {
  const { requestId, accountId, given } = request
  if (given === null) return
  for (const name of given.names) {
    // Locks the row: a deletion at this moment waits, and then finds the use.
    await tx.query(
      `UPDATE files SET expires_at = CASE WHEN expires_at < $3 THEN $3 ELSE expires_at END
       WHERE name = $1 AND account_id = $2`,
      [name, accountId, keepUntil],
    )
  }
  for (const file of given.files) {
    const expiresAt = Math.max(file.expiresAt, keepUntil)
    await insertFile(tx, { ...file, expiresAt }, given.quotaBytes)
  }
  for (const name of given.names) {
    await tx.query(
      `INSERT INTO input_uses (request_id, name) SELECT $1, $2
       WHERE EXISTS (SELECT 1 FROM files WHERE name = $2 AND account_id = $3)
         OR EXISTS (SELECT 1 FROM media WHERE name = $2 AND account_id = $3)`,
      [requestId, name, accountId],
    )
  }
}
