import { copyFile, open, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { samplePath } from '../engines/sandbox/samples.ts'
import type { AllowedPrivate } from '../network/address-rules.ts'
import { judgeUrl } from '../network/address-rules.ts'
import { FetchRefused } from '../network/fetch-refused.ts'
import type { SafeFetch } from '../network/safe-fetch.ts'
import type { BlobFolder } from './blob-folder.ts'
import { CONTENT_TYPES, type ContentType, KNOWN_TYPES_TEXT, type MediaKind } from './content-types.ts'
import { isDataUrl, judgeDataUrl, readDataUrl } from './data-url.ts'
import { findMedia } from './find-media.ts'
import { HEAD_BYTES, sniffType } from './sniff-type.ts'

const MEGABYTE = 1024 * 1024

/** How large an input of each kind may be. */
export const INPUT_MAX_BYTES: Readonly<Record<MediaKind, number>> = {
  image: 20 * MEGABYTE,
  video: 200 * MEGABYTE,
  audio: 50 * MEGABYTE,
}

/** The bytes of an input in a file of this node, of a type known by its first bytes. */
export interface InputFile {
  path: string
  /** What the bytes are, whatever the URL or its server says. */
  contentType: ContentType
  kind: MediaKind
  sizeBytes: number
}

/**
 * Media that callers name in their inputs: `http(s)` URLs, URLs of files here, base64 `data:` URLs. All methods throw
 * `FetchRefused` for what the caller can mend (see `engines/input-failure.ts` for how a generation then ends), and the
 * reason of `signal` when that was aborted.
 */
export interface Inputs {
  /**
   * The public name a URL of ours stands for, whatever its query and spelling; null for a stranger's. Such a URL is read
   * from the store, never dialled.
   */
  ownName(url: string): string | null
  /** Whether a public name is that of a sample of the sandbox. */
  isSample(name: string): boolean
  /** What is wrong with a URL as far as its text shows, or null. */
  judge(url: string): string | null
  /**
   * Brings the bytes behind a URL into a file at `path`, for work in this node's child processes. The file may be left
   * behind half-made when it throws: it belongs into a folder that the caller removes.
   */
  bring(url: string, path: string, signal: AbortSignal): Promise<InputFile>
  /**
   * Lends the bytes behind a URL to `use` as a file that is removed afterwards: for engines that upload an input
   * (`openAsBlob(file.path)`) or inline it (`readFile(file.path)`), since a provider may not reach the URL itself.
   * Nothing has been asked of a provider yet while this runs: an engine's `start` turns an aborted `signal` here into
   * `NotAccepted`.
   */
  lend<Result>(url: string, signal: AbortSignal, use: (file: InputFile) => Promise<Result>): Promise<Result>
}

/** Creates the access to callers' media: our own URLs are read from the store, all others by the safe fetcher. */
export function createInputs(of: {
  database: Database
  folder: BlobFolder
  clock: Clock
  fetch: SafeFetch
  allowed: AllowedPrivate
  /** How long a stranger's server may take for one input, in milliseconds. */
  timeoutMs: number
  /** Where media of ours are found, each with a trailing slash; known only once the server listens. */
  mediaUrls: () => readonly string[]
}): Inputs {
  const limits = { maxBytes: Math.max(...Object.values(INPUT_MAX_BYTES)), timeoutMs: of.timeoutMs, maxRedirects: 3 }

  async function copyOwn(name: string, path: string): Promise<void> {
    const sample = samplePath(name)
    if (sample !== null) return copyFile(sample, path)
    const media = await findMedia(of.database, name, of.clock.now())
    if (media === null) throw new FetchRefused('there is no such file here')
    await copyFile(of.folder.pathOf(media.location), path)
  }

  async function bring(url: string, path: string, signal: AbortSignal): Promise<InputFile> {
    const name = ownName(url)
    if (isDataUrl(url)) await writeFile(path, readDataUrl(url) ?? '')
    else if (name !== null) await copyOwn(name, path)
    else
      await of.fetch.download(url, path, { ...limits, admit: (head) => INPUT_MAX_BYTES[knownKind(head).kind] }, signal)
    const { contentType, kind } = knownKind(await readHead(path))
    return { path, contentType, kind, sizeBytes: (await stat(path)).size }
  }

  function ownName(text: string): string | null {
    const url = URL.parse(text)
    if (url === null) return null
    url.search = ''
    url.hash = ''
    const base = of.mediaUrls().find((mediaUrl) => url.href.startsWith(mediaUrl))
    return base === undefined ? null : url.href.slice(base.length)
  }

  return {
    ownName,
    isSample: (name) => samplePath(name) !== null,
    judge(url) {
      if (isDataUrl(url)) return judgeDataUrl(url)
      return ownName(url) === null ? judgeUrl(url, of.allowed) : null
    },
    bring,
    async lend(url, signal, use) {
      const folder = await of.folder.makeWorkFolder('input')
      try {
        return await use(await bring(url, join(folder, 'input'), signal))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

function knownKind(head: Buffer): { contentType: ContentType; kind: MediaKind } {
  const contentType = sniffType(head)
  if (contentType === null) throw new FetchRefused(`it is not ${KNOWN_TYPES_TEXT}`)
  return { contentType, kind: CONTENT_TYPES[contentType].kind }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
