import { lookup } from 'node:dns'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type AllowedPrivate, bareHostname, judgeUrl } from './address-rules.ts'
import { boundStream, type StreamBound } from './bound-stream.ts'
import { checkedLookUp, type LookUp } from './checked-look-up.ts'
import { FetchRefused } from './fetch-refused.ts'

/** Bounds of one download. */
export interface DownloadLimits extends StreamBound {
  /** For everything: look-up, redirects, the last byte. */
  timeoutMs: number
  maxRedirects: number
}

/** Downloads a stranger's URL into a file, refusing everything that could reach inside the operator's network. */
export interface SafeFetch {
  /**
   * Throws {@link FetchRefused}, or the reason of `signal` when that was aborted; the file may then hold a part and is
   * the caller's to remove.
   */
  download(url: string, path: string, limits: DownloadLimits, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Creates the one way to fetch strangers' URLs. `undici` is loaded at the first download. */
export function createSafeFetch(allowed: AllowedPrivate, lookUp: LookUp = lookup): SafeFetch {
  let client: Promise<Client> | null = null
  return {
    async download(url, path, limits, signal) {
      client ??= createClient(allowed, lookUp)
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)])
      try {
        await download(await client, url, path, limits, allowed, bounded)
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof FetchRefused) throw error
        throw new FetchRefused(bounded.aborted ? 'it did not answer in time' : 'it could not be reached', error)
      }
    },
    async close() {
      await (await client)?.close()
    },
  }
}

interface Client {
  fetch: typeof import('undici').fetch
  dispatcher: import('undici').Agent
  close(): Promise<void>
}

/** Only a checked address is dialled: the look-up itself refuses, so a name cannot change between check and use. */
async function createClient(allowed: AllowedPrivate, lookUp: LookUp): Promise<Client> {
  const { Agent, fetch } = await import('undici')
  const dispatcher = new Agent({
    connect: {
      timeout: 5_000,
      lookup: checkedLookUp(allowed, lookUp),
    },
  })
  return { fetch, dispatcher, close: () => dispatcher.destroy() }
}

async function download(
  { fetch, dispatcher }: Client,
  url: string,
  path: string,
  limits: DownloadLimits,
  allowed: AllowedPrivate,
  signal: AbortSignal,
): Promise<void> {
  let target = url
  for (let hops = 0; hops <= limits.maxRedirects; hops += 1) {
    // Literal addresses never reach the look-up, so every hop is judged as text too.
    const fault = judgeUrl(target, allowed)
    if (fault !== null) throw new FetchRefused(`its URL ${fault}`)
    const response = await fetch(target, { dispatcher, signal, redirect: 'manual', headers: HEADERS }).catch(
      (error: unknown) => {
        throw error instanceof Error && error.cause instanceof FetchRefused ? error.cause : error
      },
    )
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel()
      target = new URL(location, target).href
      continue
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      const { status } = response
      throw new FetchRefused(`${bareHostname(new URL(target))} answered with status ${status}`, undefined, status)
    }
    const announcedBytes = Number(response.headers.get('content-length') ?? 0)
    if (announcedBytes > limits.maxBytes) {
      await response.body.cancel()
      throw tooLarge(limits.maxBytes)
    }
    await pipeline(Readable.fromWeb(response.body as never), boundStream(limits, tooLarge), createWriteStream(path), {
      signal,
    })
    return
  }
  throw new FetchRefused(`it was redirected more than ${limits.maxRedirects} times`)
}

/** Media do not shrink by compression, and what is not compressed cannot blow up here. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'identity' }

function tooLarge(maxBytes: number): FetchRefused {
  const text = maxBytes < MEGABYTE ? `${maxBytes} bytes` : `${Math.floor(maxBytes / MEGABYTE)} MB`
  return new FetchRefused(`it is larger than ${text}`)
}

const MEGABYTE = 1024 * 1024
