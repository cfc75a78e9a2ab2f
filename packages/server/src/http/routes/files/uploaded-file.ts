import type { UploadedFile } from '@clipia/contract'
import type { StoredFile } from '../../../files/file.ts'

/** Words a file for the wire. */
export function toUploadedFile(file: StoredFile, mediaUrl: string): UploadedFile {
  return {
    file_id: file.fileId,
    url: `${mediaUrl}${file.name}`,
    file_name: file.fileName,
    content_type: file.contentType,
    size_bytes: file.sizeBytes,
    ...(file.width !== null && { width: file.width }),
    ...(file.height !== null && { height: file.height }),
    ...(file.durationMs !== null && { duration: file.durationMs / 1000 }),
    mode: file.mode,
    created_at: new Date(file.createdAt).toISOString(),
    expires_at: new Date(file.expiresAt).toISOString(),
  }
}
