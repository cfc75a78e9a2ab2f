import { ClipiaApiError } from '../errors/api-error.ts'
import { waitBeforeRetry } from './retry.ts'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'
import type { Call, Transport } from './transport.ts'
import { wait } from './wait.ts'

const POLICY = { maxRetries: 4, firstWaitMs: 250 }

/**
 * Yields the events of a stream and opens it again, from the last id it gave, when it breaks or ends. Ends when the server
 * answers 204: there will be no more. Throws when it fails four times in a row, and whatever cannot get better.
 */
export async function* openEvents(
  transport: Transport,
  call: Call & { lastEventId?: string | undefined },
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let { lastEventId } = call
  for (let failures = 0; ; ) {
    try {
      const headers = { ...call.headers, accept: 'text/event-stream', 'last-event-id': lastEventId }
      const response = await transport.open({ ...call, headers })
      const { status, body } = response
      if (status === 204) return
      if (body === null || !isEventStream(response)) throw noStream(response, call)
      for await (const event of readServerSentEvents(body)) {
        lastEventId = event.id ?? lastEventId
        failures = 0
        yield event
      }
      // A clean end is no failure, but a server that ends every stream at once must not be asked without a pause.
      await wait(POLICY.firstWaitMs, call.signal)
    } catch (error) {
      call.signal?.throwIfAborted()
      failures += 1
      const ms = waitBeforeRetry(error, failures, POLICY)
      if (ms === null) throw error
      await wait(ms, call.signal)
    }
  }
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

function noStream({ status, headers }: Response, { generationId }: Call): ClipiaApiError {
  const requestId = headers.get('x-request-id') ?? undefined
  const message = 'the server answered with something that is no stream of events'
  return new ClipiaApiError({ status, code: 'invalid_answer', type: 'api_error', message, requestId, generationId })
}
