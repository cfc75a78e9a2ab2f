import type { CallOptions } from '../call-options.ts'
import type { CheckedConfig } from '../client-config.ts'
import { ClipiaApiError } from '../errors/api-error.ts'
import { ClipiaConnectionError } from '../errors/connection-error.ts'
import { VERSION } from '../version.ts'
import { boundSignal } from './bounded-signal.ts'
import { readError } from './read-error.ts'
import { type RetryPolicy, retry } from './retry.ts'

/** One call of the API. */
export interface Call extends CallOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string | undefined>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is, instead of `json`. */
  body?: NonNullable<RequestInit['body']>
  /** The generation the call is about, for its errors. */
  generationId?: string
  /** Whether a second try can do no harm; a call that is not harmless is tried once. Default true. */
  isHarmless?: boolean
  /** How this call is tried again, where that differs from the client's. */
  retries?: RetryPolicy
}

/** An answer of success with its body read as JSON. */
export interface JsonAnswer<T> {
  status: number
  headers: Headers
  body: T
}

/** How the parts of the client reach the API. */
export interface Transport {
  /** Calls and reads JSON; tries again where that helps and can do no harm. Throws a {@link ClipiaApiError}. */
  json<T>(call: Call): Promise<JsonAnswer<T>>
  /** Calls once and answers as soon as the headers are here; the call's signal goes on to abort the body. */
  open(call: Call): Promise<OpenAnswer>
}

/** An answer whose body is still coming; to be released when it is read or given up. */
export interface OpenAnswer {
  response: Response
  release(): void
}

const FIRST_WAIT_MS = 500

/** Makes the transport: the only place that knows the key. */
export function createTransport(config: CheckedConfig): Transport {
  async function send(call: Call, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted()
    const { method = 'GET', json, body = json === undefined ? undefined : JSON.stringify(json) } = call
    const headers = new Headers({
      accept: 'application/json',
      authorization: `Bearer ${config.apiKey}`,
      'user-agent': `clipia-js/${VERSION}`,
    })
    if (json !== undefined) headers.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(call.headers ?? {})) if (value !== undefined) headers.set(name, value)
    // A redirect would turn a POST into a GET, or take the input elsewhere.
    const init: RequestInit = { method, headers, signal, redirect: 'error' }
    if (body !== undefined) init.body = body
    try {
      return await config.fetch(`${config.baseUrl}${call.path}${queryOf(call)}`, init)
    } catch (error) {
      throw failure(error, call, signal)
    }
  }

  const bound = (call: Call) => boundSignal(call.signal, call.timeoutMs ?? config.timeoutMs, () => timedOut(call))

  async function once<T>(call: Call): Promise<JsonAnswer<T>> {
    const { signal, release } = bound(call)
    try {
      const response = await send(call, signal)
      const text = await response.text().catch((error: unknown) => {
        throw failure(error, call, signal)
      })
      if (!response.ok) throw readError(response, text, call.generationId)
      return { status: response.status, headers: response.headers, body: parse<T>(response, text) }
    } finally {
      release()
    }
  }

  return {
    json: (call) => {
      const { retries = { maxRetries: config.maxRetries, firstWaitMs: FIRST_WAIT_MS } } = call
      return call.isHarmless === false ? once(call) : retry(() => once(call), retries, call.signal)
    },
    async open(call) {
      const { signal, stopTimer, release } = bound(call)
      try {
        const response = await send(call, signal)
        if (response.ok) {
          stopTimer()
          return { response, release }
        }
        throw readError(response, await response.text().catch(() => ''), call.generationId)
      } catch (error) {
        release()
        throw error
      }
    },
  }
}

function queryOf({ query = {} }: Call): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value))
  return given.size === 0 ? '' : `?${given}`
}

function timedOut({ generationId }: Call): ClipiaConnectionError {
  return new ClipiaConnectionError({ message: 'the server did not answer in time', generationId })
}

/** An abort stays what the caller gave as its reason; everything else is a missing connection. */
function failure(error: unknown, { generationId }: Call, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const detail = cause instanceof Error && cause.message !== '' ? cause.message : String(error)
  return new ClipiaConnectionError({ message: `no connection to the server: ${detail}`, cause: error, generationId })
}

function parse<T>({ status, headers }: Response, text: string): T {
  if (text === '') return undefined as T
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    const requestId = headers.get('x-request-id') ?? undefined
    const message = `the server answered ${status} with something that is not JSON: is baseUrl right?`
    throw new ClipiaApiError({ status, code: 'invalid_answer', type: 'api_error', message, requestId, cause })
  }
}
