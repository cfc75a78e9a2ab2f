import type { Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { useBlobs } from '../media/blob-uses.ts'
import type { StoredFile } from './file.ts'

/** A file whose bytes are in the store. */
export interface NewFile extends StoredFile {
  blob: string
}

/**
 * Makes a file known, within the account's quota: `quota_exceeded` undoes everything. The account's space is counted in
 * one row, so that uploads at the same moment cannot each find room for itself.
 *
 * Locks are taken in the order file, space, blob, after all others.
 */
export async function insertFile(tx: Transaction, file: NewFile, quotaBytes: number): Promise<void> {
  await tx.query(
    `INSERT INTO files (file_id, account_id, mode, name, blob, file_name, content_type, size_bytes, width, height,
       duration_ms, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      file.fileId,
      file.accountId,
      file.mode,
      file.name,
      file.blob,
      file.fileName,
      file.contentType,
      file.sizeBytes,
      file.width,
      file.height,
      file.durationMs,
      file.createdAt,
      file.expiresAt,
    ],
  )
  const [space] = await tx.query<{ used_bytes: number }>(TAKE_SPACE, [file.accountId, file.sizeBytes])
  if (space === undefined || space.used_bytes > quotaBytes) {
    const megabytes = Math.floor(quotaBytes / 1024 / 1024)
    throw new ClipiaError(
      'quota_exceeded',
      `The account's files would take more than its ${megabytes} MB; delete some, or wait until they expire.`,
    )
  }
  await useBlobs(tx, [file.blob])
}

const TAKE_SPACE = `INSERT INTO file_space (account_id, used_bytes) VALUES ($1, $2)
  ON CONFLICT (account_id) DO UPDATE SET used_bytes = file_space.used_bytes + excluded.used_bytes RETURNING used_bytes`
