import type { Database } from '../database/database.ts'
import { FILE_COLUMNS, type FileRow, type StoredFile, toStoredFile } from './file.ts'
import type { FileOwner } from './get-file.ts'

/** `limit` files older than one; null for the newest. */
export interface FilePage {
  before: string | null
  limit: number
}

/** Sorts after every id. */
const NEWEST = 'g'

/**
 * Lists an account's files of one mode that have not expired, newest first. Ids are ordered by time, so pages neither
 * repeat nor skip a file whatever is uploaded in between.
 */
export async function listFiles(
  database: Database,
  owner: FileOwner,
  { before, limit }: FilePage,
  nowMs: number,
): Promise<StoredFile[]> {
  const rows = await database.read<FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE account_id = $1 AND mode = $2 AND file_id < $3 AND expires_at > $4
     ORDER BY file_id DESC LIMIT $5`,
    [owner.accountId, owner.mode, before ?? NEWEST, nowMs, limit],
  )
  return rows.map(toStoredFile)
}
