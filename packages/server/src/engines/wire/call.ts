import type { EngineContext } from '../engine.ts'
import { readJson } from './read-json.ts'

/** One exchange with a provider: its status, and its JSON. */
export interface Answer {
  status: number
  isOk: boolean
  /** Parsed JSON; null where an answer that is no success had none. */
  body: unknown
  headers: Headers
  /** What `Retry-After` asked for, in milliseconds; undefined where it is absent or nonsense. */
  retryAfterMs: number | undefined
}

/** What to send besides the method and the path. */
export interface CallOptions {
  headers?: Readonly<Record<string, string>>
  /** Sent as JSON where it is no text. */
  body?: unknown
  /** Sent as a form, instead of `body`. */
  form?: FormData
  /** How large the answer may be, in bytes; default 1 MB. More where an answer holds the media themselves. */
  maxBytes?: number
  /** Whether a success need not say anything; its body is null where it is no JSON. */
  mayBeEmpty?: boolean
}

/** Sends one request below the base URL. Throws when there is no answer, or a success without readable JSON. */
export type Call = (
  method: string,
  path: string,
  of: Pick<EngineContext, 'signal' | 'nowMs'>,
  options?: CallOptions,
) => Promise<Answer>

/** A longer wait is cut to this: a mistyped `Retry-After` must not park a job for days. */
const MOST_RETRY_AFTER_MS = 60 * 60 * 1000

/**
 * Creates the one way to a provider. The credential, which is in `headers`, goes nowhere else: redirects are never
 * followed. Throws at once for a base URL or a header that can never work, without repeating what a header holds.
 */
export function createCall(of: {
  baseUrl: string
  headers: Readonly<Record<string, string>>
  fetch: typeof globalThis.fetch
}): Call {
  const base = readBaseUrl(of.baseUrl)
  for (const [name, value] of Object.entries(of.headers)) {
    if (!/^[\x20-\x7e]+$/.test(value)) throw new Error(`the header ${name} of an engine must be visible ASCII`)
  }
  return async (method, path, { signal, nowMs }, { headers, body, form, maxBytes, mayBeEmpty } = {}) => {
    const isJson = body !== undefined && typeof body !== 'string'
    const response = await of.fetch(`${base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(isJson && { 'content-type': 'application/json' }),
        ...of.headers,
        ...headers,
      },
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
      ...(form !== undefined && { body: form }),
      redirect: 'manual',
      signal,
    })
    const { status, ok } = response
    return {
      status,
      isOk: ok,
      // The status of a refusal is proof by itself; its body only adds the reason.
      body: ok && mayBeEmpty !== true ? await readJson(response, maxBytes) : await readJson(response).catch(() => null),
      headers: response.headers,
      retryAfterMs: readRetryAfter(response.headers.get('retry-after'), nowMs),
    }
  }
}

function readBaseUrl(text: string): string {
  const url = new URL(text)
  const isPlain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!/^https?:$/.test(url.protocol) || !isPlain) {
    throw new Error('the base URL of an engine must be an http(s) URL without credentials, query and fragment')
  }
  return url.href.replace(/\/+$/, '')
}

function readRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const waitMs = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return waitMs >= 0 ? Math.min(waitMs, MOST_RETRY_AFTER_MS) : undefined
}
