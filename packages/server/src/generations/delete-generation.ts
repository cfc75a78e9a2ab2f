import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { countOff, REMOVED_COLUMNS, type RemovedFile } from '../files/remove-files.ts'
import type { StoredOutput } from './generation.ts'
import { checkRequestId, requestNotFound, type Viewer } from './get-generation.ts'

/**
 * Deletes what a generation was given and made, at once and on every node: its input, its media, and the uploads that no
 * other request was given. Its row, its price and its place in the ledger stay; so does its webhook, which from then on
 * tells of an empty output. Repeating it is harmless. Throws `not_deletable` while it is not over; `not_found` as in
 * `getGeneration`.
 *
 * Locks are taken in the order request, file, space, blob.
 */
export async function deleteGeneration(
  { database, clock }: { database: Database; clock: Clock },
  viewer: Viewer,
  requestId: string,
): Promise<void> {
  checkRequestId(requestId)
  const id = requestId.toLowerCase()
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{ completed_at: number | null; deleted_at: number | null }>(
      `SELECT completed_at, deleted_at FROM requests WHERE request_id = $1 AND account_id = $2 AND mode = $3
       ${database.capabilities.forUpdate}`,
      [id, viewer.accountId, viewer.mode],
    )
    if (row === undefined) throw requestNotFound()
    if (row.completed_at === null) {
      throw new ClipiaError('not_deletable', 'The request is not over yet; cancel it, or wait until it is.')
    }
    if (row.deleted_at !== null) return
    const nowMs = clock.now()
    await tx.query(REDACT, [id, nowMs, JSON.stringify(DELETED), 'The details were deleted.'])
    const media = await tx.query<{ blob: string }>('DELETE FROM media WHERE request_id = $1 RETURNING blob', [id])
    const removed = await deleteUploads(tx, database.capabilities.forUpdate, viewer.accountId, id)
    await countOff(
      tx,
      removed,
      nowMs,
      media.map(({ blob }) => blob),
    )
  })
}

const DELETED: StoredOutput = { type: 'deleted' }

const REDACT = `UPDATE requests SET deleted_at = $2, input = '{}', output = CASE WHEN output IS NOT NULL THEN $3 END,
    error_message = CASE WHEN error_code IS NOT NULL THEN $4 END
  WHERE request_id = $1`

/** Deletes the uploads a request was given, save those that another request was given too. */
async function deleteUploads(
  tx: Transaction,
  forUpdate: string,
  accountId: string,
  requestId: string,
): Promise<RemovedFile[]> {
  const uses = await tx.query<{ name: string }>('DELETE FROM input_uses WHERE request_id = $1 RETURNING name', [
    requestId,
  ])
  const removed: RemovedFile[] = []
  for (const name of uses.map((use) => use.name).sort()) {
    // The row first, in a statement of its own: a submit that takes the file at this moment has then committed its use.
    await tx.query(`SELECT name FROM files WHERE name = $1 AND account_id = $2 ${forUpdate}`, [name, accountId])
    const rows = await tx.query<RemovedFile>(
      `DELETE FROM files WHERE name = $1 AND account_id = $2
         AND NOT EXISTS (SELECT 1 FROM input_uses WHERE name = $1) RETURNING ${REMOVED_COLUMNS}`,
      [name, accountId],
    )
    removed.push(...rows)
  }
  return removed
}
