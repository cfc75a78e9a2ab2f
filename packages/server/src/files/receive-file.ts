import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ClipiaError } from '../errors.ts'
import { CONTENT_TYPES, type ContentType, KNOWN_TYPES_TEXT } from '../media/content-types.ts'
import { INPUT_MAX_BYTES } from '../media/inputs.ts'
import { sniffType } from '../media/sniff-type.ts'
import { boundStream } from '../network/bound-stream.ts'

/** Bytes that came, in a file. */
export interface ReceivedFile {
  path: string
  /** What the first bytes say. */
  contentType: ContentType
  sizeBytes: number
}

/** What no upload is larger than, of whatever kind. */
export const MOST_FILE_BYTES = Math.max(...Object.values(INPUT_MAX_BYTES))

/** How long an upload may take. */
const LONGEST_UPLOAD_MS = 10 * 60_000

/**
 * Writes an upload to `path`. Its type is known from the first bytes, and bounds it: `invalid_request` for a type that is
 * not taken, `payload_too_large` for too many bytes, both while the rest is still on its way, and `invalid_request` again
 * when it takes longer than `longestMs`.
 */
export async function receiveFile(
  upload: Readable,
  path: string,
  longestMs = LONGEST_UPLOAD_MS,
): Promise<ReceivedFile> {
  let contentType: ContentType | null = null
  const admit = (head: Buffer): number => {
    if (head.length === 0) throw notTaken('The file is empty.')
    contentType = sniffType(head)
    if (contentType === null) throw notTaken(`The file must be ${KNOWN_TYPES_TEXT}.`)
    return INPUT_MAX_BYTES[CONTENT_TYPES[contentType].kind]
  }
  const bound = boundStream({ maxBytes: MOST_FILE_BYTES, admit }, (maxBytes) => fileTooLarge(contentType, maxBytes))
  const signal = AbortSignal.timeout(longestMs)
  try {
    await pipeline(upload, bound, createWriteStream(path), { signal })
  } catch (error) {
    throw signal.aborted ? notTaken(`The upload took longer than ${longestMs / 1000} seconds.`) : error
  }
  if (contentType === null) throw new Error('an upload ended without being judged')
  return { path, contentType, sizeBytes: (await stat(path)).size }
}

/** The refusal of a file that can never be used. */
export function notTaken(message: string): ClipiaError {
  return new ClipiaError('invalid_request', message, { param: 'file' })
}

/** The refusal of a file with too many bytes for its type. */
function fileTooLarge(contentType: ContentType | null, maxBytes: number): ClipiaError {
  const what = contentType === null ? 'file' : `file of type ${contentType}`
  return new ClipiaError('payload_too_large', `A ${what} may have at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`, {
    param: 'file',
  })
}
