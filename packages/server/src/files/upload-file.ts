import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { toPublicText } from '../engines/public-text.ts'
import type { Identifiers } from '../identifiers.ts'
import { makeMediaName } from '../media/names.ts'
import type { Inspection, RenditionTask } from '../media/rendition-task-types.ts'
import type { MediaStore } from '../media/store.ts'
import { TaskFailedError, TaskProcessError, TaskTimeoutError } from '../processes/task-errors.ts'
import type { TaskPool } from '../processes/task-pool.ts'
import type { StoredFile } from './file.ts'
import type { FileOwner } from './get-file.ts'
import { insertFile } from './insert-file.ts'
import { notTaken, type ReceivedFile, receiveFile } from './receive-file.ts'

/** What taking files needs of the process. */
export interface FileDependencies {
  database: Database
  clock: Clock
  identifiers: Identifiers
  store: MediaStore
  /** The child processes that decode what strangers send. */
  renditions: TaskPool
  fileLimits: FileLimits
}

/**
 * Hands the bytes of an upload to `take` while they come; answers what that made of them, and what the uploader calls
 * them. Throws what `take` throws.
 */
export type ReadUpload = <Taken>(
  take: (stream: Readable) => Promise<Taken>,
) => Promise<{ fileName: string | undefined; taken: Taken }>

/** How much accounts may upload, and for how long. */
export interface FileLimits {
  /** Bytes of an account's files at any moment. */
  quotaBytes: number
  /** How long a file lives that no request uses. */
  lifetimeMs: number
}

const INSPECTION_LIMIT_MS = 60_000
const FILE_NAME_LIMIT = 255

/**
 * Takes an upload, which `read` hands over while it comes: its bytes are bounded while they come, inspected in a child
 * process, on disk before the commit that names them, and discarded after a day when that commit never comes. Throws
 * `invalid_request`, `payload_too_large`, `quota_exceeded`.
 */
export async function uploadFile(of: FileDependencies, owner: FileOwner, read: ReadUpload): Promise<StoredFile> {
  const folder = await of.store.makeWorkFolder('upload')
  try {
    const { fileName: givenName = '', taken: received } = await read((stream) =>
      receiveFile(stream, join(folder, 'file')),
    )
    const facts = await inspect(of.renditions, received)
    const { blob, sizeBytes } = await of.store.put(received.path)
    const fileName = toPublicText(givenName, FILE_NAME_LIMIT)
    const now = of.clock.now()
    const file: StoredFile = {
      fileId: of.identifiers.uuid(),
      accountId: owner.accountId,
      mode: owner.mode,
      name: makeMediaName(facts.type, of.identifiers.bytes),
      fileName: fileName === '' ? null : fileName,
      contentType: facts.type,
      sizeBytes,
      width: facts.width ?? null,
      height: facts.height ?? null,
      durationMs: facts.durationSeconds === undefined ? null : Math.round(facts.durationSeconds * 1000),
      createdAt: now,
      expiresAt: now + of.fileLimits.lifetimeMs,
    }
    await of.database.transaction((tx) => insertFile(tx, { ...file, blob }, of.fileLimits.quotaBytes))
    return file
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function inspect(pool: TaskPool, { path, contentType }: ReceivedFile): Promise<Inspection> {
  const task = { kind: 'inspect', path, contentType } as const
  try {
    return await pool.run<RenditionTask, Inspection>(task, { timeoutMs: INSPECTION_LIMIT_MS })
  } catch (error) {
    // Without the optional reader of video and sound the first bytes must do.
    if (error instanceof TaskFailedError && error.code === 'MEDIA_READER_MISSING') return { type: contentType }
    if (
      error instanceof TaskFailedError ||
      error instanceof TaskTimeoutError ||
      (error instanceof TaskProcessError && error.signal !== null)
    ) {
      throw notTaken(`The file begins like ${contentType} but cannot be decoded, or is too large in pixels.`)
    }
    throw error
  }
}
