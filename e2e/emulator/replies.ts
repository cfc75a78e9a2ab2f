import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from './options.ts'

/** A whole answer, before anything goes wrong with it. */
export interface Reply {
  status: number
  type: string
  body: Buffer
  headers?: Readonly<Record<string, string>>
}

/** An answer in JSON. */
export function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json', body: Buffer.from(`${JSON.stringify(value)}\n`) }
}

/** A refusal in words of the protocol. */
export function refusal(status: number, code: string, message: string): Reply {
  return json(status, { error: { code, message } })
}

/** The answer of a server that has no such route: it proves nothing about a job. */
export const NO_ROUTE: Reply = { status: 404, type: 'text/plain', body: Buffer.from('Not Found\n') }

/** Does the work of a call and answers it, with whatever goes wrong. */
export function answerCall(
  work: () => Reply,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const isDoneFirst =
    fault?.stage === 'after' && (fault.act === 'reset' || fault.act === 'hang' || fault.act === 'answer')
  if (isDoneFirst) work()
  switch (fault?.act) {
    case undefined:
      send(work(), response)
      break
    case 'reset':
      request.socket.resetAndDestroy()
      break
    case 'hang':
      break
    case 'answer':
      send(faultyReply(fault), response)
      break
    case 'truncate':
      sendHalf(work(), response)
      break
    case 'slow':
      sendSlowly(work(), fault.delayMs ?? 100, response)
      break
    case 'late':
      // The client has given up, and only now does the server begin.
      response.once('close', work)
      break
  }
}

/** Sends an answer well. */
export function send(reply: Reply, response: ServerResponse): void {
  writeHead(reply, response)
  response.end(reply.body)
}

function sendHalf(reply: Reply, response: ServerResponse): void {
  writeHead(reply, response)
  response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => response.socket?.destroy())
}

function sendSlowly(reply: Reply, delayMs: number, response: ServerResponse): void {
  const pieces = 10
  const size = Math.ceil(reply.body.length / pieces)
  writeHead(reply, response)
  response.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    response.write(reply.body.subarray(sent, sent + size))
    sent += size
    if (sent < reply.body.length) return
    clearInterval(timer)
    response.end()
  }, delayMs / pieces)
  response.once('close', () => clearInterval(timer))
}

function writeHead({ status, type, body, headers }: Reply, response: ServerResponse): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers })
}

function faultyReply({ status = 500, body, retryAfterSeconds }: Fault): Reply {
  const reply =
    typeof body === 'string'
      ? { status, type: 'text/plain', body: Buffer.from(body) }
      : json(status, body ?? { error: { code: 'EMULATED_FAULT', message: `An emulated ${status}.` } })
  return retryAfterSeconds === undefined ? reply : { ...reply, headers: { 'retry-after': String(retryAfterSeconds) } }
}
