import type { ServerResponse } from 'node:http'

/** A server-sent event. */
export interface ServerSentEvent {
  event: string
  id: string
  /** One line of JSON. */
  data: string
}

/** After a stream ended, browsers come back this much later. */
const RETRY_MS = 1_000

/** Headers that are about pages. A stream is none, and Node keeps the head it sent as long as the stream is open. */
const HEADERS_OF_PAGES: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
])

/** An open answer of server-sent events. */
export class EventStream {
  readonly #response: ServerResponse

  /** Begins the answer. */
  constructor(response: ServerResponse, headers: Record<string, string | number>) {
    this.#response = response
    const kept = Object.entries(headers).filter(([name]) => !HEADERS_OF_PAGES.has(name))
    response.writeHead(200, {
      ...Object.fromEntries(kept),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store',
      // Reverse proxies would hold it back to fill their buffers.
      'x-accel-buffering': 'no',
    })
    // By itself: a head that is sent together with more is kept in a hundred pieces (3 KB).
    response.flushHeaders()
    response.write(`retry: ${RETRY_MS}\n\n`)
  }

  /** It was ended, or nobody is there any more. */
  get isClosed(): boolean {
    return this.#response.writableEnded || this.#response.closed || this.#response.destroyed
  }

  /** The client reads too slowly: what is sent now would be kept in memory. */
  get isFull(): boolean {
    return this.#response.writableNeedDrain
  }

  send({ event, id, data }: ServerSentEvent): void {
    if (!this.isClosed) this.#response.write(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`)
  }

  /** A line clients ignore; it keeps proxies from closing an idle connection. */
  comment(text: string): void {
    this.#response.write(`: ${text}\n\n`)
  }

  /** Calls back once when the client takes more. */
  onDrain(listener: () => void): void {
    this.#response.once('drain', listener)
  }

  /** Calls back when the stream is over, whoever ended it. */
  onClose(listener: () => void): void {
    this.#response.once('close', listener)
  }

  /** Ends it after all that was sent. */
  end(): void {
    this.#response.end()
  }

  /** Cuts off a client that does not read. */
  destroy(): void {
    this.#response.destroy()
  }
}
