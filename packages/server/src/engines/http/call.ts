import type { EngineContext } from '../engine.ts'
import { readJson } from './read-json.ts'

/** One exchange with the server: its status, and its JSON. */
export interface Answer {
  status: number
  isOk: boolean
  /** Parsed JSON; null where an answer that is no success had none. */
  body: unknown
  /** What `Retry-After` asked for, in milliseconds; undefined where it is absent or nonsense. */
  retryAfterMs: number | undefined
}

/** What to send besides the method and the path. */
export interface CallOptions {
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** Sends one request below the base URL. Throws when there is no answer, or a success without readable JSON. */
export type Call = (method: 'GET' | 'POST', path: string, of: EngineContext, options?: CallOptions) => Promise<Answer>

/** A longer wait is cut to this: a mistyped `Retry-After` must not park a job for days. */
const MOST_RETRY_AFTER_MS = 60 * 60 * 1000

/** Creates the one way to the server. The token goes nowhere else: redirects are never followed. */
export function createCall(of: { baseUrl: string; token: string | null; fetch: typeof globalThis.fetch }): Call {
  const base = readBaseUrl(of.baseUrl)
  if (of.token !== null && !/^[\x21-\x7e]+$/.test(of.token)) {
    throw new Error('the token of the http engine must be visible ASCII without spaces')
  }
  const authorization = of.token === null ? {} : { authorization: `Bearer ${of.token}` }
  return async (method, path, { signal, nowMs }, { headers, body } = {}) => {
    const response = await of.fetch(`${base}${path}`, {
      method,
      headers: { accept: 'application/json', ...authorization, ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
    })
    const { status, ok } = response
    return {
      status,
      isOk: ok,
      // The status of a refusal is proof by itself; its body only adds the reason.
      body: ok ? await readJson(response) : await readJson(response).catch(() => null),
      retryAfterMs: readRetryAfter(response.headers.get('retry-after'), nowMs),
    }
  }
}

function readBaseUrl(text: string): string {
  const url = new URL(text)
  const isPlain = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!/^https?:$/.test(url.protocol) || !isPlain) {
    throw new Error('the base URL of the http engine must be an http(s) URL without credentials, query and fragment')
  }
  return url.href.replace(/\/+$/, '')
}

function readRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const waitMs = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return waitMs >= 0 ? Math.min(waitMs, MOST_RETRY_AFTER_MS) : undefined
}
