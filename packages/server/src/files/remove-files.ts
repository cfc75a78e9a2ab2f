import type { Transaction } from '../database/database.ts'
import { releaseBlobs } from '../media/blob-uses.ts'

/** A deleted row of `files`: what is to be counted off. */
export interface RemovedFile {
  account_id: string
  blob: string
  size_bytes: number
}

/** What a `DELETE FROM files` returns for {@link countOff}. */
export const REMOVED_COLUMNS = 'account_id, blob, size_bytes'

/**
 * Gives back the space of files whose rows this transaction deleted, and counts off their bytes, together with those of
 * deleted media.
 */
export async function countOff(
  tx: Transaction,
  removed: readonly RemovedFile[],
  nowMs: number,
  mediaBlobs: readonly string[] = [],
): Promise<void> {
  const bytesByAccount = new Map<string, number>()
  for (const { account_id, size_bytes } of removed) {
    bytesByAccount.set(account_id, (bytesByAccount.get(account_id) ?? 0) + size_bytes)
  }
  for (const [accountId, sizeBytes] of [...bytesByAccount].sort()) {
    await tx.query('UPDATE file_space SET used_bytes = used_bytes - $2 WHERE account_id = $1', [accountId, sizeBytes])
  }
  await releaseBlobs(tx, [...removed.map(({ blob }) => blob), ...mediaBlobs], nowMs)
}
