import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { boundStream } from '../../network/bound-stream.ts'
import { FetchRefused } from '../../network/fetch-refused.ts'
import { EngineBusy } from '../engine.ts'

const MAX_BYTES = 500 * 1024 * 1024
const MAX_REDIRECTS = 3

/**
 * Writes what a provider holds for us to a file. The headers, which carry the credential, go to the origin of `url` only:
 * a redirect to another one is followed without them. Throws for anything but the whole of a success: a
 * {@link FetchRefused} with the status of a refusal.
 */
export async function downloadFile(
  of: { fetch: typeof globalThis.fetch; headers: Readonly<Record<string, string>> },
  url: string,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  let target = new URL(url)
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const headers = target.origin === new URL(url).origin ? of.headers : {}
    const response = await of.fetch(target.href, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel()
      target = new URL(location, target)
      continue
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      const { status } = response
      throw new FetchRefused(`the engine answered ${status} to a download`, undefined, status)
    }
    const bound = boundStream({ maxBytes: MAX_BYTES }, (most) => new Error(`the media are larger than ${most} bytes`))
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
    return await pipeline(body, bound, createWriteStream(path), { signal })
  }
  throw new EngineBusy('the engine redirected a download too often')
}
