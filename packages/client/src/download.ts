import type { CallOptions } from './call-options.ts'
import type { CheckedConfig } from './client-config.ts'
import { ClipiaApiError } from './errors/api-error.ts'
import { ClipiaConnectionError } from './errors/connection-error.ts'
import { boundSignal } from './http/bounded-signal.ts'
import { retry } from './http/retry.ts'
import type { GenerationOutput, ResultResponse } from './wire/requests.ts'

/** Saves what a generation made. */
export interface DownloadOptions extends CallOptions {
  /** `original`, the default, is full quality (PNG); `delivery` is the smaller rendition (WebP). */
  rendition?: 'original' | 'delivery' | undefined
}

/** Saves the media of a result in a folder, which is made, and answers the paths of the files. */
export type Download = (
  result: Pick<ResultResponse, 'request_id' | 'status' | 'output'>,
  folder: string,
  options?: DownloadOptions,
) => Promise<string[]>

/** A film of ten minutes over a slow line. */
const MEDIA_TIMEOUT_MS = 600_000

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
}

/**
 * Makes `download`. A file is named by its request, and is there whole or not at all. The key is never sent to where the
 * media are.
 */
export function createDownload(config: CheckedConfig): Download {
  return async (result, folder, { rendition = 'original', signal, timeoutMs = MEDIA_TIMEOUT_MS } = {}) => {
    const urls = mediaUrls(result.output ?? {}, rendition)
    if (urls.length === 0) throw new TypeError(`request ${result.request_id} is ${result.status} and has no media`)
    const name = result.request_id.replaceAll(/[^\w-]/g, '_')
    const paths: string[] = []
    for (const [index, url] of urls.entries()) {
      const stem = urls.length === 1 ? name : `${name}-${index + 1}`
      const policy = { maxRetries: config.maxRetries, firstWaitMs: 500 }
      paths.push(await retry(() => save(config.fetch, url, folder, stem, { signal, timeoutMs }), policy, signal))
    }
    return paths
  }
}

/** Every URL of an output, once, in its order. */
export function mediaUrls(
  { images = [], video, audio }: GenerationOutput,
  rendition: 'original' | 'delivery',
): string[] {
  const renditions = video === undefined ? images : [...images, video]
  const urls = renditions.map(({ url, original_url }) => (rendition === 'original' ? (original_url ?? url) : url))
  return audio === undefined ? urls : [...urls, audio.url]
}

async function save(
  fetch: CheckedConfig['fetch'],
  url: string,
  folder: string,
  stem: string,
  { signal: callerSignal, timeoutMs }: { signal: AbortSignal | undefined; timeoutMs: number },
): Promise<string> {
  if (!/^https?:/i.test(url)) throw new TypeError('the media have no http or https URL')
  const onTimeout = () => new ClipiaConnectionError({ message: 'the media did not come in time' })
  const { signal, release } = boundSignal(callerSignal, timeoutMs, onTimeout)
  // Loaded here, so that a runtime without a file system can use everything else.
  const [{ mkdir, open, rename, rm }, { join }] = await Promise.all([import('node:fs/promises'), import('node:path')])
  await mkdir(folder, { recursive: true })
  let part: string | undefined
  try {
    const response = await fetch(url, { signal })
    if (!response.ok || response.body === null) throw notFound(response)
    const path = join(folder, `${stem}.${extensionOf(response, url)}`)
    part = `${path}.${crypto.randomUUID()}.part`
    const file = await open(part, 'wx')
    try {
      for await (const chunk of response.body) await file.writeFile(chunk)
    } finally {
      await file.close()
    }
    await rename(part, path)
    return path
  } catch (error) {
    if (part !== undefined) await rm(part, { force: true })
    signal.throwIfAborted()
    throw isNetworkFailure(error) ? new ClipiaConnectionError({ message: 'the media broke off', cause: error }) : error
  } finally {
    release()
  }
}

/** What fetch throws; the file system's errors are for the caller. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError
}

function notFound({ status }: Response): ClipiaApiError {
  const message = `the media answered ${status}`
  return new ClipiaApiError({ status, code: 'media_unavailable', type: 'api_error', message })
}

function extensionOf({ headers }: Response, url: string): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return EXTENSIONS[type.trim()] ?? /\.([a-z0-9]{1,5})$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? 'bin'
}
