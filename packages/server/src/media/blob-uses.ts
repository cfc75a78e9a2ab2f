import type { Transaction } from '../database/database.ts'

/**
 * Counts a row that names a blob, in the transaction that inserts the row. Throws when the blob was discarded meanwhile,
 * which undoes everything: a row without bytes cannot come to be. Several blobs of one transaction are counted in their order.
 */
export async function useBlobs(tx: Transaction, blobs: readonly string[]): Promise<void> {
  for (const blob of blobs.toSorted()) {
    const rows = await tx.query(
      'UPDATE blobs SET uses = uses + 1, unused_since = NULL WHERE blob = $1 RETURNING blob',
      [blob],
    )
    if (rows.length === 0) throw new Error(`blob ${blob} was discarded before it was used`)
  }
}

/** Counts rows off that named blobs, in the transaction that deletes the rows. The last one starts the blob's last day. */
export async function releaseBlobs(tx: Transaction, blobs: readonly string[], nowMs: number): Promise<void> {
  for (const blob of blobs.toSorted()) {
    await tx.query(
      `UPDATE blobs SET uses = uses - 1, unused_since = CASE WHEN uses = 1 THEN CAST($2 AS BIGINT) END WHERE blob = $1`,
      [blob, nowMs],
    )
  }
}
