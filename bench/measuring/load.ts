import { nextMessage, startPinned } from './pinned-process.ts'

/** A bounded load on one port of loopback. */
export interface LoadOrder {
  port: number
  /** Whole requests as they go over the wire, sent in turns. */
  requests: readonly string[]
  connections: number
  durationMs: number
  /** Every answer must have it, or the measurement throws. */
  status: number
}

/** What was answered. */
export interface LoadReport {
  count: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}

/** A process that makes load. */
export interface Load {
  run(order: LoadOrder): Promise<LoadReport>
  stop(): void
}

/** Starts the process that makes load, on the core for it. It closes its connections after every order. */
export function startLoad(): Load {
  const child = startPinned('load', [new URL('./load-process.ts', import.meta.url).pathname])
  return {
    async run(order) {
      const answer = nextMessage<{ report: LoadReport } | { error: string }>(child)
      child.send(order)
      const message = await answer
      if ('error' in message) throw new Error(`the load failed: ${message.error}`)
      return message.report
    },
    stop: () => void child.kill(),
  }
}

/** A request as it goes over the wire, on a connection that stays open. */
export function toWire(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): string {
  const all = body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n${body ?? ''}`
}
