import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import type { Identifiers } from '../identifiers.ts'
import type { BlobFolder } from './blob-folder.ts'

/** Bytes that are in the store. */
export interface StoredBlob {
  /** SHA-256 of the bytes in hex: the same bytes are stored once. */
  blob: string
  sizeBytes: number
}

/**
 * Bytes addressed by their content. What was put or found stays for a day at least; within it a row of media or files
 * must use it (`useBlob`), or it is discarded.
 */
export interface MediaStore {
  /** A folder of the caller's own for files in the making, whoever else works on the same; the caller removes it. */
  makeWorkFolder(name: string): Promise<string>
  /** Moves a finished file into the store. When it resolves the bytes are on disk, file and folder synced. */
  put(path: string): Promise<StoredBlob>
  /** A blob that must be in the store, and stays for another day; throws when it is not there any more. */
  find(blob: string): Promise<StoredBlob>
  /** The local path of a blob; throws when it is not in the store. */
  locate(blob: string): Promise<string>
}

/** Creates the store over a folder and the table that counts what is in it. */
export function createMediaStore(of: {
  folder: BlobFolder
  database: Database
  clock: Clock
  identifiers: Identifiers
}): MediaStore {
  const { folder, database, clock, identifiers } = of

  return {
    makeWorkFolder: folder.makeWorkFolder,
    async put(path) {
      const blob = await hashFile(path)
      const { size: sizeBytes } = await stat(path)
      // The row first: were it second, a crash in between would leave bytes that nobody ever finds.
      const location = await announce(blob, sizeBytes)
      await folder.keep(path, location)
      return { blob, sizeBytes }
    },
    async find(blob) {
      const row = firstOrNull(await database.write<{ size_bytes: number }>(TOUCH, [blob, clock.now()]))
      if (row === null) throw new Error(`blob ${blob} is not in the store any more`)
      return { blob, sizeBytes: row.size_bytes }
    },
    async locate(blob) {
      const row = firstOrNull(
        await database.read<{ location: string }>('SELECT location FROM blobs WHERE blob = $1', [blob]),
      )
      if (row === null) throw new Error(`blob ${blob} is not in the store`)
      return folder.pathOf(row.location)
    },
  }

  /** Answers where the bytes of a blob go. They are written there even if the row is known: it may be ahead of its bytes. */
  async function announce(blob: string, sizeBytes: number): Promise<string> {
    const location = `${blob}-${identifiers.bytes(6).toString('hex')}`
    const [row] = await database.write<{ location: string }>(ANNOUNCE, [blob, location, sizeBytes, clock.now()])
    if (row === undefined) throw new Error('a blob was announced without an answer')
    return row.location
  }
}

/** An unused blob is unused from now on: the day after which it may be discarded begins anew. */
const ANNOUNCE = `INSERT INTO blobs (blob, location, size_bytes, uses, unused_since, created_at)
  VALUES ($1, $2, $3, 0, $4, $4)
  ON CONFLICT (blob) DO UPDATE SET unused_since = CASE WHEN blobs.uses = 0 THEN excluded.unused_since END
  RETURNING location`

const TOUCH = `UPDATE blobs SET unused_since = CASE WHEN uses = 0 THEN CAST($2 AS BIGINT) END
  WHERE blob = $1 RETURNING size_bytes`

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
