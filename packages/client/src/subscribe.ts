import { ClipiaApiError } from './errors/api-error.ts'
import { ClipiaTimeoutError } from './errors/timeout-error.ts'
import { boundSignal } from './http/bounded-signal.ts'
import type { Transport } from './http/transport.ts'
import { wait } from './http/wait.ts'
import type { InputOf, ModelSlug } from './model-inputs.ts'
import { type Queue, requestPath } from './queue.ts'
import type { FollowOptions, SubscribeOptions } from './queue-options.ts'
import { isTerminal, type ResultResponse, type StatusResponse } from './wire/requests.ts'

/** Failures in a row a wait survives. */
const MAX_POLL_RETRIES = 4

/** Submits a generation, or takes up one by its id, and waits for its result. */
export type Subscribe = <const Slug extends ModelSlug>(
  model: Slug,
  options: SubscribeOptions<InputOf<Slug>>,
) => Promise<ResultResponse>

/** Makes `subscribe`: it submits at most once, and only waits when it is given a request's id. */
export function createSubscribe(transport: Transport, queue: Queue): Subscribe {
  return async (
    model,
    { requestId, onSubmitted, onQueueUpdate, pollIntervalMs = 1_000, timeoutMs = 600_000, ...rest },
  ) => {
    const follow = { onQueueUpdate, pollIntervalMs, timeoutMs, signal: rest.signal }
    if (requestId !== undefined) return waitForResult(transport, queue, requestId, follow)
    const submitted = await queue.submit(model, rest)
    await onSubmitted?.(submitted)
    const { request_id, status, queue_position } = submitted
    await onQueueUpdate?.({ request_id, status, queue_position, progress: isTerminal(status) ? 100 : 0, logs: [] })
    return waitForResult(transport, queue, request_id, follow, isTerminal(status))
  }
}

async function waitForResult(
  transport: Transport,
  queue: Queue,
  requestId: string,
  { onQueueUpdate, pollIntervalMs = 1_000, timeoutMs = 600_000, signal: callerSignal }: FollowOptions,
  isOver = false,
): Promise<ResultResponse> {
  const onTimeout = () => new ClipiaTimeoutError({ generationId: requestId, timeoutMs })
  const { signal, release } = boundSignal(callerSignal, timeoutMs, onTimeout)
  const poll: Poll = { transport, requestId, pollIntervalMs, signal }
  try {
    if (!isOver) {
      for await (const status of changes(queue, poll)) await onQueueUpdate?.(status)
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
async function* changes(queue: Queue, poll: Poll): AsyncGenerator<StatusResponse, void, undefined> {
  try {
    for await (const status of queue.events(poll.requestId, { signal: poll.signal })) {
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
  const retries = { maxRetries: MAX_POLL_RETRIES, firstWaitMs: pollIntervalMs }
  return transport.json<T>({ path, signal, generationId: requestId, ...retries })
}
