import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { checkFileId, type FileOwner, fileNotFound } from './get-file.ts'
import { countOff, REMOVED_COLUMNS, type RemovedFile } from './remove-files.ts'

/**
 * Deletes a file: its name stands for nothing from the commit on. Throws `file_in_use`, having changed nothing, while a
 * request that is not over was given it; `not_found` as in `getFile`.
 */
export async function deleteFile(database: Database, owner: FileOwner, fileId: string, nowMs: number): Promise<void> {
  await database.transaction(async (tx) => {
    // The row first: a submit that takes the file at this moment has either committed its use, or will find no file.
    const [file] = await tx.query<{ name: string }>(
      `SELECT name FROM files WHERE file_id = $1 AND account_id = $2 AND mode = $3 AND expires_at > $4
       ${database.capabilities.forUpdate}`,
      [checkFileId(fileId), owner.accountId, owner.mode, nowMs],
    )
    if (file === undefined) throw fileNotFound()
    const uses = await tx.query(
      'SELECT q.request_id FROM input_uses u JOIN queue q ON q.request_id = u.request_id WHERE u.name = $1 LIMIT 1',
      [file.name],
    )
    if (uses.length > 0) {
      throw new ClipiaError('file_in_use', 'A request that is not over yet needs this file; cancel it, or wait for it.')
    }
    const removed = await tx.query<RemovedFile>(`DELETE FROM files WHERE name = $1 RETURNING ${REMOVED_COLUMNS}`, [
      file.name,
    ])
    await countOff(tx, removed, nowMs)
  })
}
