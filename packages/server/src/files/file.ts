import type { Mode } from '@clipia/contract'
import type { ContentType } from '../media/content-types.ts'

/** An uploaded input; times in epoch milliseconds. */
export interface StoredFile {
  fileId: string
  accountId: string
  mode: Mode
  /** Its random public name. */
  name: string
  /** What the uploader called it, cleaned; null where nobody did. */
  fileName: string | null
  contentType: ContentType
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  createdAt: number
  expiresAt: number
}

/** The columns of `files` that {@link toStoredFile} reads. */
export const FILE_COLUMNS = `file_id, account_id, mode, name, file_name, content_type, size_bytes, width, height,
  duration_ms, created_at, expires_at`

/** A row of `files` with {@link FILE_COLUMNS}. */
export interface FileRow {
  file_id: string
  account_id: string
  mode: Mode
  name: string
  file_name: string | null
  content_type: ContentType
  size_bytes: number
  width: number | null
  height: number | null
  duration_ms: number | null
  created_at: number
  expires_at: number
}

/** A row as the rules see it. */
export function toStoredFile(row: FileRow): StoredFile {
  return {
    fileId: row.file_id,
    accountId: row.account_id,
    mode: row.mode,
    name: row.name,
    fileName: row.file_name,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    durationMs: row.duration_ms,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
