import type { Socket } from 'node:net'
import type { ErrorAnswer } from '@clipia/contract'

const STATUSES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Answers what is not even HTTP with the same error body as everything else. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, requestId: string): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = STATUSES[error.code ?? ''] ?? '400 Bad Request'
  const message = status.startsWith('431') ? 'The headers are too large.' : 'The request is not valid HTTP.'
  const answer: ErrorAnswer = { error: { type: 'invalid_request_error', code: 'invalid_request', message } }
  const body = JSON.stringify(answer)
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  )
}
