import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { FILE_COLUMNS, type FileRow, type StoredFile, toStoredFile } from './file.ts'
import type { FileOwner } from './get-file.ts'

/** One page of files; the cursor of the next one, or null. */
export interface FilePage {
  files: StoredFile[]
  nextCursor: string | null
}

/**
 * Lists an account's files of one mode, newest first. The cursor is the id of the last file seen, so that pages neither
 * repeat nor skip a file whatever is uploaded in between; a malformed one is `invalid_request`.
 */
export async function listFiles(
  database: Database,
  owner: FileOwner,
  page: { limit: number; cursor?: string | undefined },
  nowMs: number,
): Promise<FilePage> {
  const { limit, cursor = LAST_ID } = page
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new ClipiaError('invalid_request', 'cursor must be the next_cursor of a page', { param: 'cursor' })
  }
  const rows = await database.read<FileRow>(
    `SELECT ${FILE_COLUMNS} FROM files WHERE account_id = $1 AND mode = $2 AND file_id < $3 AND expires_at > $4
     ORDER BY file_id DESC LIMIT $5`,
    [owner.accountId, owner.mode, cursor, nowMs, limit + 1],
  )
  const files = rows.slice(0, limit).map(toStoredFile)
  return { files, nextCursor: rows.length > limit ? (files.at(-1)?.fileId ?? null) : null }
}

/** Above every id. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
