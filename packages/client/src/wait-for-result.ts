import { ClipiaApiError } from './errors/api-error.ts'
import { ClipiaTimeoutError } from './errors/timeout-error.ts'
import { boundSignal } from './http/bounded-signal.ts'
import { streamStatus } from './http/stream-status.ts'
import type { Transport } from './http/transport.ts'
import { wait } from './http/wait.ts'
import type { FollowOptions } from './queue-options.ts'
import { requestPath } from './request-path.ts'
import { isTerminal, type ResultResponse, type StatusResponse } from './wire/requests.ts'

/** Failures in a row a wait survives. */
const MAX_POLL_RETRIES = 4

/** Waits for the end of a generation and answers its result; `isOver` when the end is known already. */
export async function waitForResult(
  transport: Transport,
  requestId: string,
  { onQueueUpdate, pollIntervalMs = 1_000, timeoutMs = 600_000, signal: callerSignal }: FollowOptions,
  isOver = false,
): Promise<ResultResponse> {
  const onTimeout = () => new ClipiaTimeoutError({ generationId: requestId, timeoutMs })
  const { signal, release } = boundSignal(callerSignal, timeoutMs, onTimeout)
  const poll: Poll = { transport, requestId, pollIntervalMs, signal }
  try {
    if (!isOver) {
      for await (const status of changes(poll)) await onQueueUpdate?.(status)
    }
    return await untilResult(poll)
  } catch (error) {
    // What the abort of a wait throws is its reason, whatever layer it came through.
    signal.throwIfAborted()
    throw error
  } finally {
    release()
  }
}

interface Poll {
  transport: Transport
  requestId: string
  pollIntervalMs: number
  signal: AbortSignal
}

/** Live events while they last, else polls; ends when the generation does. */
async function* changes(poll: Poll): AsyncGenerator<StatusResponse, void, undefined> {
  try {
    for await (const status of streamStatus(poll.transport, poll.requestId, { signal: poll.signal })) {
      yield status
      if (isTerminal(status.status)) return
    }
  } catch (error) {
    // A server without events, a proxy that holds streams back: polls tell whether anything else is wrong.
    if (!(error instanceof ClipiaApiError) || poll.signal.aborted) throw error
  }
  for (;;) {
    const status = await get<StatusResponse>(poll, '/status')
    yield status.body
    if (isTerminal(status.body.status)) return
    await wait(poll.pollIntervalMs, poll.signal)
  }
}

async function untilResult(poll: Poll): Promise<ResultResponse> {
  for (;;) {
    const { status, body } = await get<Omit<ResultResponse, 'pending'>>(poll)
    if (status !== 202) return { ...body, pending: false }
    // The node that answers may be a moment behind the one that told the end.
    await wait(poll.pollIntervalMs, poll.signal)
  }
}

function get<T>({ transport, requestId, pollIntervalMs, signal }: Poll, action = '') {
  const path = requestPath(requestId, action)
  // The bound of the whole wait is the only one: a server may ask for any pause within it.
  const longestRetryAfterMs = Number.POSITIVE_INFINITY
  const retries = { maxRetries: MAX_POLL_RETRIES, firstWaitMs: pollIntervalMs, longestRetryAfterMs }
  return transport.json<T>({ path, signal, generationId: requestId, retries })
}
