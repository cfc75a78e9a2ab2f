import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as it arrived, byte for byte where it matters. */
export interface Received {
  method: string
  /** Path and query. */
  target: string
  headers: IncomingMessage['headers']
  body: string
}

/** What the server does with a request once it has read it. */
export type Act = (response: ServerResponse, request: IncomingMessage) => void

/** A real HTTP server that does one scripted act a request, and keeps what it was sent. */
export interface ScriptedServer extends AsyncDisposable {
  url: string
  received: Received[]
  /** From now on nobody listens; connections that are open stay so. */
  stopListening(): void
}

/** Starts it; a request beyond the script is answered with 599. */
export function startScriptedServer(...script: Act[]): Promise<ScriptedServer> {
  return startDecidingServer(() => script.shift() ?? answer(599, null))
}

/** Starts a server that decides by each request what it does with it. */
export async function startDecidingServer(decide: (received: Received) => Act): Promise<ScriptedServer> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const one = { method: request.method ?? '', target: request.url ?? '', headers: request.headers, body }
    received.push(one)
    decide(one)(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stopListening: () => void server.close(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers with a status and JSON, or with text as it is. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Act {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

/** Reads the request and destroys the connection without a word. */
export const hangUp: Act = (_response, request) => void request.socket.destroy()

/** Reads the request and resets the connection. */
export const reset: Act = (_response, request) => void request.socket.resetAndDestroy()

/** Never answers. */
export const hang: Act = () => {}

/** Promises more than it sends. */
export const cutShort: Act = (response, request) => {
  response.writeHead(202, { 'content-length': '100' })
  response.write('{"job": "j-1", ', () => request.socket.destroy())
}

/** Sends one byte of an answer and then nothing more for as long as anyone listens. */
export const drip: Act = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{')
}
