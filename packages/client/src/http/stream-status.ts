import type { CallOptions } from '../call-options.ts'
import { ClipiaConnectionError } from '../errors/connection-error.ts'
import { requestPath } from '../request-path.ts'
import { isTerminal, type StatusResponse } from '../wire/requests.ts'
import { openEvents } from './open-events.ts'
import type { Transport } from './transport.ts'

/**
 * Yields every change of a generation until it is over. A stream that ends before (a node drains, a connection breaks) is
 * opened again where it ended. Throws a ClipiaApiError when that fails five times in a row.
 */
export async function* streamStatus(
  transport: Transport,
  requestId: string,
  options: CallOptions,
): AsyncGenerator<StatusResponse, void, undefined> {
  const path = requestPath(requestId, '/events')
  for await (const { event, data } of openEvents(transport, { ...options, path, generationId: requestId })) {
    if (event !== 'status') continue
    const status = read(data, requestId)
    yield status
    if (isTerminal(status.status)) return
  }
}

function read(data: string, generationId: string): StatusResponse {
  try {
    return JSON.parse(data) as StatusResponse
  } catch (cause) {
    throw new ClipiaConnectionError({ message: 'the stream holds something that is not JSON', cause, generationId })
  }
}
