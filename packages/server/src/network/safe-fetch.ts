import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type AllowedPrivate, bareHostname, judgeUrl, mayDial } from './address-rules.ts'

/** Why a URL could not be fetched; the message may be shown to the caller. */
export class FetchRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'FetchRefused'
  }
}

/** Bounds of one download. */
export interface DownloadLimits {
  maxBytes: number
  timeoutMs: number
  maxRedirects: number
}

/** Downloads a stranger's URL into a file, refusing everything that could reach inside the operator's network. */
export interface SafeFetch {
  /** Throws {@link FetchRefused}; the file may then hold a part and is the caller's to remove. */
  download(url: string, path: string, limits: DownloadLimits, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Looks all addresses of a name up, as `dns.lookup` does. */
type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

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
      lookup: (hostname, _options, callback) => {
        lookUp(hostname, { all: true }, (error, addresses) => {
          if (error) return callback(error, [])
          if (addresses.some(({ address }) => !mayDial(hostname, address, allowed))) {
            return callback(new FetchRefused('its host has a private address'), [])
          }
          callback(null, addresses)
        })
      },
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
    const response = await fetch(target, { dispatcher, signal, redirect: 'manual', headers: { accept: '*/*' } }).catch(
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
      throw new FetchRefused(`${bareHostname(new URL(target))} answered with status ${response.status}`)
    }
    await pipeline(Readable.fromWeb(response.body as never), bounded(limits.maxBytes), createWriteStream(path), {
      signal,
    })
    return
  }
  throw new FetchRefused(`it was redirected more than ${limits.maxRedirects} times`)
}

function bounded(maxBytes: number): Transform {
  let sizeBytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) callback(new FetchRefused(`it is larger than ${maxBytes} bytes`))
      else callback(null, chunk)
    },
  })
}
