import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finished, Job, MediaSource } from '../engines/engine.ts'
import { sampleOutput } from '../engines/sandbox/samples.ts'
import type { NamedMedia } from '../generations/finish-generation.ts'
import type { StoredOutput } from '../generations/generation.ts'
import type { Identifiers } from '../identifiers.ts'
import type { JsonValue } from '../json.ts'
import { FetchRefused } from '../network/fetch-refused.ts'
import type { SafeFetch } from '../network/safe-fetch.ts'
import { TaskFailedError } from '../processes/task-errors.ts'
import type { TaskPool } from '../processes/task-pool.ts'
import type { ContentType } from './content-types.ts'
import { makeMediaName } from './names.ts'
import type { AudioRendition, ImageRendition, RenditionTask, VideoRendition } from './rendition-task-types.ts'
import type { MediaStore, StoredBlob } from './store.ts'

/** The media can never be used: they cannot be decoded, or are of the wrong kind. */
export class MediaUnusable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'MediaUnusable'
  }
}

/** Whoever holds the media says that they are not there (any more). */
export class MediaGone extends Error {
  constructor(cause: FetchRefused) {
    super(cause.message, { cause })
    this.name = 'MediaGone'
  }
}

/** An output whose files are in the store, and the files it names. */
export interface Collected {
  output: StoredOutput
  media: NamedMedia[]
}

/**
 * Brings an engine's media home: measured, with renditions, on disk. Throws {@link MediaUnusable} for what never will be,
 * {@link MediaGone} for a 404 or 410.
 */
export type Collect = (job: Job, finished: Finished, of: Collecting) => Promise<Collected>

/** What collecting is given besides the media. */
export interface Collecting {
  signal: AbortSignal
  /** Brings to a file what the engine holds; undefined where it holds nothing, or is not here now. */
  download?: ((reference: JsonValue, path: string) => Promise<void>) | undefined
}

const OUTPUT_LIMITS = { maxBytes: 500 * 1024 * 1024, timeoutMs: 100_000, maxRedirects: 3 }
const RENDITION_LIMIT_MS = 60_000
const GONE_STATUSES: ReadonlySet<number | undefined> = new Set([404, 410])

/** Creates the collecting of media; untrusted bytes are decoded in the child processes of `pool` only. */
export function createCollect(of: {
  store: MediaStore
  fetch: SafeFetch
  pool: TaskPool
  identifiers: Identifiers
}): Collect {
  const measure = async <Result>(task: RenditionTask, signal: AbortSignal): Promise<Result> => {
    try {
      return await of.pool.run<RenditionTask, Result>(task, { signal, timeoutMs: RENDITION_LIMIT_MS })
    } catch (error) {
      throw error instanceof TaskFailedError ? new MediaUnusable(error.message, error) : error
    }
  }

  /** Answers where the bytes of a source lie: in the store already, or downloaded to `path`. */
  async function bring(source: MediaSource, path: string, { signal, download }: Collecting): Promise<string> {
    if (source.kind === 'blob') return of.store.locate(source.blob)
    try {
      if (source.kind === 'url') await of.fetch.download(source.url, path, OUTPUT_LIMITS, signal)
      else if (source.kind === 'held' && download !== undefined) await download(source.reference, path)
      else throw new Error('the engine that holds the media is not here')
    } catch (error) {
      throw error instanceof FetchRefused && GONE_STATUSES.has(error.status) ? new MediaGone(error) : error
    }
    return path
  }

  return async (job, { media: sources, seed }, collecting) => {
    if (sources[0]?.kind === 'sample') return { output: sampleOutput(job.type), media: [] }
    const { signal } = collecting
    const folder = await of.store.makeWorkFolder(`collect-${job.requestId}`)
    const media: NamedMedia[] = []
    const keep = async (contentType: ContentType, source: MediaSource | null, path: string): Promise<string> => {
      const { blob }: StoredBlob = source?.kind === 'blob' ? await of.store.find(source.blob) : await of.store.put(path)
      const name = makeMediaName(contentType, of.identifiers.bytes)
      media.push({ name, contentType, blob })
      return name
    }

    async function collectImage(source: MediaSource, index: number) {
      const path = await bring(source, join(folder, `source-${index}`), collecting)
      const webpPath = join(folder, `${index}.webp`)
      const pngPath = join(folder, `${index}.png`)
      const image = await measure<ImageRendition>({ kind: 'image', path, webpPath, pngPath }, signal)
      const name = await keep('image/webp', null, webpPath)
      const isPng = image.type === 'image/png'
      const originalName = await keep('image/png', isPng ? source : null, isPng ? path : pngPath)
      return { name, originalName, width: image.width, height: image.height }
    }

    async function collectOutput(): Promise<StoredOutput> {
      const [first] = sources
      if (first === undefined) throw new MediaUnusable('the engine answered without media')
      const seeded = seed === undefined ? {} : { seed }
      if (job.type === 'image') {
        const images = []
        for (const [index, source] of sources.entries()) images.push(await collectImage(source, index))
        return { type: 'image', images, ...seeded }
      }
      const path = await bring(first, join(folder, 'source'), collecting)
      if (job.type === 'video') {
        const video = await measure<VideoRendition>({ kind: 'video', path }, signal)
        const name = await keep(video.type, first, path)
        return {
          type: 'video',
          name,
          width: video.width,
          height: video.height,
          duration: video.durationSeconds,
          ...seeded,
        }
      }
      const audio = await measure<AudioRendition>({ kind: 'audio', path }, signal)
      const name = await keep(audio.type, first, path)
      return { type: 'audio', name, duration: audio.durationSeconds, ...seeded }
    }

    try {
      return { output: await collectOutput(), media }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
