import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook as it arrived. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  json: any
}

/** What a receiver does with a webhook: a status, or whatever the test writes; `null` leaves it hanging. */
export type Reaction = (received: Received, response: ServerResponse) => number | null | undefined

/** A receiver of webhooks on a port of its own. */
export interface Receiver {
  /** Host with port: its endpoint. */
  host: string
  url: string
  received: Received[]
  /** Most requests that were open at once. */
  mostOpen(): number
  /** 200 unless the test says otherwise. */
  react: Reaction
  /** Resolves once so many have arrived. */
  until(count: number): Promise<void>
  close(): Promise<void>
}

/** Starts a receiver on the loopback address. */
export async function startReceiver(): Promise<Receiver> {
  let open = 0
  let most = 0
  let onArrival = () => {}
  const server = createServer(async (request, response) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => {
      open -= 1
    })
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      return
    }
    const body = Buffer.concat(chunks).toString()
    const received = { path: request.url ?? '', headers: request.headers, body, json: JSON.parse(body) }
    receiver.received.push(received)
    onArrival()
    const status = receiver.react(received, response)
    if (typeof status === 'number') response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const receiver: Receiver = {
    host,
    url: `http://${host}/hook`,
    received: [],
    mostOpen: () => most,
    react: () => 200,
    until: (count) =>
      new Promise<void>((resolve) => {
        onArrival = () => {
          if (receiver.received.length >= count) resolve()
        }
        onArrival()
      }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}
