import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { type AllowedPrivate, bareHostname, isPublicAddress, judgeUrl } from './address-rules.ts'
import { checkedLookUp, type LookUp } from './checked-look-up.ts'
import { FetchRefused } from './fetch-refused.ts'

/** What is sent. */
export interface PostRequest {
  headers: Record<string, string>
  body: string
}

/** Bounds of one POST. */
export interface PostLimits {
  /** For everything: look-up, connection, answer. */
  timeoutMs: number
  /** How much of the answer's body is read. */
  maxBytes: number
}

/** An answer, whatever its status; a redirect is an answer too. */
export interface PostAnswer {
  status: number
  /** The first bytes of the body; null when a private address answered, whose words no caller may read. */
  excerpt: Buffer | null
}

/**
 * Sends a POST to a stranger's URL. Throws {@link FetchRefused}, whose message names no address, where there was no
 * answer in time or the target may not be dialled, and the reason of `signal` when that was aborted.
 */
export type SafePost = (
  url: string,
  request: PostRequest,
  limits: PostLimits,
  signal: AbortSignal,
) => Promise<PostAnswer>

/**
 * Creates the one way to POST to strangers' URLs. Every POST has a connection of its own, so that every one is to an
 * address checked for it. No redirect is followed, no proxy used. `isPublic` tells whose answers may be read.
 */
export function createSafePost(
  allowed: AllowedPrivate,
  lookUp: LookUp = lookup,
  isPublic: (address: string) => boolean = isPublicAddress,
): SafePost {
  return async (url, request, limits, signal) => {
    const fault = judgeUrl(url, allowed)
    if (fault !== null) throw new FetchRefused(`its URL ${fault}`)
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)])
    try {
      const target = new URL(url)
      const host = bareHostname(target)
      // A literal address never reaches the look-up.
      let isReadable = isIP(host) === 0 || isPublic(host)
      const checked = checkedLookUp(allowed, lookUp, (addresses) => {
        isReadable = addresses.every(isPublic)
      })
      const { status, start } = await post(target, request, limits.maxBytes, checked, bounded)
      return { status, excerpt: isReadable ? start : null }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof FetchRefused) throw error
      throw new FetchRefused(bounded.aborted ? 'it did not answer in time' : explain(error), error)
    }
  }
}

async function post(
  target: URL,
  { headers, body }: PostRequest,
  maxBytes: number,
  checked: ReturnType<typeof checkedLookUp>,
  signal: AbortSignal,
): Promise<{ status: number; start: Buffer }> {
  const begin = target.protocol === 'https:' ? httpsRequest : httpRequest
  const bytes = Buffer.from(body)
  const options: RequestOptions & { autoSelectFamily: boolean } = {
    method: 'POST',
    headers: { ...headers, 'content-length': bytes.length },
    signal,
    lookup: checked,
    // The look-up always answers a list.
    autoSelectFamily: true,
    // No agent: neither a connection from before nor a proxy of the environment.
    agent: false,
  }
  const request = begin(target, options)
  try {
    const { answer, hasBody } = await new Promise<{ answer: IncomingMessage; hasBody: boolean }>((resolve, reject) => {
      request.on('response', (response) => resolve({ answer: response, hasBody: true })).on('error', reject)
      // What wants to go on in another protocol has answered, and hears no more of us.
      request.on('upgrade', (response, socket) => {
        socket.destroy()
        resolve({ answer: response, hasBody: false })
      })
      // Whatever else may end it: nobody may wait for ever.
      request.on('close', () => reject(new Error('it ended without an answer')))
      request.end(bytes)
    })
    return { status: answer.statusCode ?? 0, start: hasBody ? await readStart(answer, maxBytes) : Buffer.alloc(0) }
  } finally {
    // Ends the connection whatever it is doing: the answer's body may have no end.
    request.destroy()
  }
}

/** Reads the first bytes of a body; one that breaks off or stalls is as long as it came. */
async function readStart(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      sizeBytes += chunk.length
      if (sizeBytes >= maxBytes) break
    }
  } catch {
    // The status is what counts, and it is here.
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name is not known',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed without an answer',
}

/** Says what a receiver can mend, without addresses. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be reached'
  const code = 'code' in error ? String(error.code) : ''
  if (/CERT|^EPROTO$|^ERR_TLS|^ERR_SSL|UNABLE_TO_|SELF_SIGNED/.test(code)) return 'its TLS certificate is not accepted'
  if (code.startsWith('HPE_')) return 'its answer is not HTTP'
  return REASONS[code] ?? 'it could not be reached'
}
