import assert from 'node:assert/strict'
import { waitFor } from './wait-for.ts'
import type { WireAccount, WireError, WireResult, WireSubmitted } from './wire.ts'

/** An HTTP answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  bytes: Buffer
  text: string
  /** The body as JSON; throws when it is none. */
  json<T>(): T
}

/** What a call may send besides its path. */
export interface CallOptions {
  method?: string
  headers?: Record<string, string>
  /** Sent as it is. */
  body?: string | FormData
}

/** A server as one key's holder sees it. */
export interface Api {
  origin: string
  call(path: string, options?: CallOptions): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** Fetches any URL and reads its body. */
export async function fetchAll(url: string, options: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...options })
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString()
  return { status: response.status, headers: response.headers, bytes, text, json: <T>() => JSON.parse(text) as T }
}

/** Calls a server with a key as a Bearer token; without one, with no credentials. */
export function createApi(origin: string, key?: string): Api {
  const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const call = (path: string, options: CallOptions = {}) =>
    fetchAll(`${origin}${path}`, { ...options, headers: { ...authorization, ...options.headers } })
  return {
    origin,
    call,
    get: (path, headers = {}) => call(path, { headers }),
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
  }
}

/** The path of a model; the slug is percent-encoded as published clients do. */
export function modelPath(slug: string, action = ''): string {
  return `/v1/models/${encodeURIComponent(slug)}${action}`
}

/** Submits a generation that must be accepted. */
export async function submit(
  api: Api,
  slug: string,
  input: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<WireSubmitted> {
  const answer = await api.post(modelPath(slug), { input }, headers)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<WireSubmitted>()
}

/** Waits until a request is over and answers its result. */
export function untilOver(api: Api, requestId: string, timeoutMs = 60_000): Promise<WireResult> {
  return waitFor(
    `the end of request ${requestId}`,
    async () => {
      const answer = await api.get(`/v1/requests/${requestId}`)
      assert.ok(answer.status === 200 || answer.status === 202, `${answer.status} ${answer.text}`)
      return answer.status === 200 ? answer.json<WireResult>() : undefined
    },
    { timeoutMs, everyMs: 100 },
  )
}

/** Submits a generation and waits for its result, which must be COMPLETED. */
export async function generate(api: Api, slug: string, input: Record<string, unknown>): Promise<WireResult> {
  const result = await untilOver(api, (await submit(api, slug, input)).request_id)
  assert.equal(result.status, 'COMPLETED', JSON.stringify(result.error))
  return result
}

/** The account a key belongs to. */
export async function accountOf(api: Api): Promise<WireAccount> {
  const answer = await api.get('/v1/account')
  assert.equal(answer.status, 200, answer.text)
  return answer.json<WireAccount>()
}

/** Checks that an answer is the contract's error: status, code and the field to blame, and nothing internal in it. */
export function assertError(answer: Answer, status: number, code: string, param?: string): WireError['error'] {
  assert.equal(answer.status, status, answer.text)
  const { error } = answer.json<WireError>()
  assert.equal(error.code, code, answer.text)
  if (param !== undefined) assert.equal(error.param, param, answer.text)
  assert.match(error.message, /\S/)
  assert.ok(error.message.length < 1_000, 'the message repeats what was sent')
  assert.doesNotMatch(error.message, /node_modules|\/src\/|\n {4}at |\p{Cc}/u)
  assert.match(answer.headers.get('x-request-id') ?? '', /^[A-Za-z0-9._-]{1,128}$/)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  return error
}
