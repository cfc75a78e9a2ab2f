import { type Database, firstOrNull } from '../database/database.ts'
import { isMediaName } from './names.ts'

/** A file as the world may fetch it. */
export interface PublicMedia {
  blob: string
  contentType: string
}

/** Finds what a public name stands for; null for an unknown one. */
export async function findMedia(database: Database, name: string): Promise<PublicMedia | null> {
  if (!isMediaName(name)) return null
  const row = firstOrNull(
    await database.read<{ blob: string; content_type: string }>(
      'SELECT blob, content_type FROM media WHERE name = $1',
      [name],
    ),
  )
  return row === null ? null : { blob: row.blob, contentType: row.content_type }
}
