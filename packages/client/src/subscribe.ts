import type { Transport } from './http/transport.ts'
import type { InputOf, ModelSlug } from './model-inputs.ts'
import type { Queue } from './queue.ts'
import type { SubscribeOptions } from './queue-options.ts'
import { waitForResult } from './wait-for-result.ts'
import { isTerminal, type ResultResponse } from './wire/requests.ts'

/** Submits a generation, or takes up one by its id, and waits for its result. */
export type Subscribe = <const Slug extends ModelSlug>(
  model: Slug,
  options: SubscribeOptions<InputOf<Slug>>,
) => Promise<ResultResponse>

/** Makes `subscribe`: it submits at most once, and only waits when it is given a request's id. */
export function createSubscribe(transport: Transport, queue: Queue): Subscribe {
  return async (model, { requestId, onSubmitted, onQueueUpdate, pollIntervalMs, timeoutMs, ...submit }) => {
    const follow = { onQueueUpdate, pollIntervalMs, timeoutMs, signal: submit.signal }
    if (requestId !== undefined) return waitForResult(transport, requestId, follow)
    const submitted = await queue.submit(model, submit)
    await onSubmitted?.(submitted)
    const { request_id, status, queue_position } = submitted
    const isOver = isTerminal(status)
    await onQueueUpdate?.({ request_id, status, queue_position, progress: isOver ? 100 : 0, logs: [] })
    return waitForResult(transport, request_id, follow, isOver)
  }
}
