import { ClipiaApiError } from '../errors/api-error.ts'
import { waitBeforeRetry } from './retry.ts'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'
import type { Call, Transport } from './transport.ts'
import { wait } from './wait.ts'

const MAX_RETRIES = 4
const FIRST_WAIT_MS = 250

/** A stream to open. */
export interface EventsCall extends Call {
  /** The stream resumes behind it. */
  lastEventId?: string | undefined
  /** Once the stream was open it is opened again for ever, not given up after four failures in a row. */
  isEndless?: boolean
}

/**
 * Yields the events of a stream and opens it again, from the last id it gave, when it breaks or ends. Ends when the server
 * answers 204: there will be no more. Throws when it fails five times in a row, and whatever cannot get better.
 */
export async function* openEvents(
  transport: Transport,
  call: EventsCall,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let { lastEventId } = call
  const policy = { maxRetries: MAX_RETRIES, firstWaitMs: FIRST_WAIT_MS }
  for (let failures = 0; ; ) {
    let release = () => {}
    try {
      const headers = { ...call.headers, accept: 'text/event-stream', 'last-event-id': lastEventId }
      const opened = await transport.open({ ...call, headers })
      release = opened.release
      const { status, body } = opened.response
      if (status === 204) return
      if (body === null || !isEventStream(opened.response)) throw noStream(opened.response, call)
      for await (const event of readServerSentEvents(body)) {
        if (call.isEndless) policy.maxRetries = Number.POSITIVE_INFINITY
        lastEventId = event.id ?? lastEventId
        failures = 0
        yield event
      }
      // A clean end is no failure, but a server that ends every stream at once must not be asked without a pause.
      await wait(FIRST_WAIT_MS, call.signal)
    } catch (error) {
      call.signal?.throwIfAborted()
      failures += 1
      const ms = waitBeforeRetry(error, failures, policy)
      if (ms === null) throw error
      await wait(ms, call.signal)
    } finally {
      release()
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
