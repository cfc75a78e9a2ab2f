import type { Mode } from '@clipia/contract'
import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { isId } from '../identifiers.ts'
import { FILE_COLUMNS, type FileRow, type StoredFile, toStoredFile } from './file.ts'

/** Who asks: a file is visible to its own account and mode only. */
export interface FileOwner {
  accountId: string
  mode: Mode
}

/** Reads one file; `not_found` for an unknown id, another account's, one of the other mode and an expired one alike. */
export async function getFile(
  database: Database,
  owner: FileOwner,
  fileId: string,
  nowMs: number,
): Promise<StoredFile> {
  const row = firstOrNull(
    await database.read<FileRow>(
      `SELECT ${FILE_COLUMNS} FROM files WHERE file_id = $1 AND account_id = $2 AND mode = $3 AND expires_at > $4`,
      [checkFileId(fileId), owner.accountId, owner.mode, nowMs],
    ),
  )
  if (row === null) throw fileNotFound()
  return toStoredFile(row)
}

/** The id as it is stored; refuses what cannot be one before it reaches the database, where some texts are errors. */
export function checkFileId(fileId: string): string {
  if (!isId(fileId)) throw fileNotFound()
  return fileId.toLowerCase()
}

/** One answer for every id that is not the caller's, so that ids of others cannot be probed. */
export function fileNotFound(): ClipiaError {
  return new ClipiaError('not_found', 'There is no such file.')
}
