import { type Database, firstOrNull } from '../database/database.ts'
import { isMediaName } from './names.ts'

/** A file as the world may fetch it. */
export interface PublicMedia {
  /** Where its bytes lie in the folder of blobs. */
  location: string
  contentType: string
  /** When the name stops standing for it, in epoch milliseconds; null for an output, which has no such time. */
  expiresAt: number | null
}

/** Finds what a public name stands for, an output or an upload; null for an unknown one and one that is gone. */
export async function findMedia(database: Database, name: string, nowMs: number): Promise<PublicMedia | null> {
  if (!isMediaName(name)) return null
  const row = firstOrNull(
    await database.read<{ location: string; content_type: string; expires_at: number | null }>(FIND, [name, nowMs]),
  )
  return row === null ? null : { location: row.location, contentType: row.content_type, expiresAt: row.expires_at }
}

const FIND = `SELECT b.location, m.content_type, CAST(NULL AS BIGINT) AS expires_at
    FROM media m JOIN blobs b ON b.blob = m.blob WHERE m.name = $1
  UNION ALL
  SELECT b.location, f.content_type, f.expires_at
    FROM files f JOIN blobs b ON b.blob = f.blob WHERE f.name = $1 AND f.expires_at > $2`
