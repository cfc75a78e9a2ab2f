/** A call as it went out. */
export interface SentCall {
  method: string
  url: string
  headers: Headers
  body: string | undefined
}

/** What the network does with one call: an answer, a failure, or a function of the call. */
export type Script = Response | Error | ((call: SentCall, signal: AbortSignal) => Response | Promise<Response>)

/** A network that follows a script, a step a call, and keeps what was sent; more calls than steps fail the test. */
export function scriptedFetch(...steps: Script[]): { fetch: typeof fetch; sent: SentCall[] } {
  const sent: SentCall[] = []
  return {
    sent,
    fetch: async (input, init = {}) => {
      const body = typeof init.body === 'string' ? init.body : undefined
      const call = { method: init.method ?? 'GET', url: String(input), headers: new Headers(init.headers), body }
      sent.push(call)
      const step = steps.shift()
      if (step === undefined) throw new Error(`a call too many: ${call.method} ${call.url}`)
      init.signal?.throwIfAborted()
      if (step instanceof Error) throw step
      return step instanceof Response ? step : step(call, init.signal ?? new AbortController().signal)
    },
  }
}

/** An answer of JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** An error answer of the API. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ error: { type: 'some_error', code, message: `It says ${code}.` } }, status, headers)
}

/** A stream of server-sent events that ends after them. */
export function events(...texts: string[]): Response {
  return new Response(texts.join(''), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

/** An answer that never comes; the call ends when it is aborted. */
export function silence(_call: SentCall, signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}
