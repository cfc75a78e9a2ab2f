import { type CallOptions, toCallOptions } from './call-options.ts'
import { streamStatus } from './http/stream-status.ts'
import type { Transport } from './http/transport.ts'
import type { InputOf, ModelSlug } from './model-inputs.ts'
import type { FollowOptions, SubmitOptions } from './queue-options.ts'
import { requestPath } from './request-path.ts'
import { waitForResult } from './wait-for-result.ts'
import type { ResultResponse, StatusResponse, SubmitResponse } from './wire/requests.ts'

/** What reading a status takes. */
export interface StatusOptions extends CallOptions {
  /** Holds the answer until something changes, at most so many seconds, 0 to 30. */
  waitSeconds?: number | undefined
}

/** The queue, one call a method. */
export interface Queue {
  /** Queues a generation and answers at once; never queues it twice, however often the connection breaks. */
  submit<const Slug extends ModelSlug>(model: Slug, options: SubmitOptions<InputOf<Slug>>): Promise<SubmitResponse>
  /** Where a generation stands. */
  status(requestId: string, options?: StatusOptions | AbortSignal): Promise<StatusResponse>
  /** The result, with `pending: true` while it is not over. */
  result(requestId: string, options?: CallOptions | AbortSignal): Promise<ResultResponse>
  /** Waits for the result of a request, of an earlier process say; ten minutes at most unless told otherwise. */
  wait(requestId: string, options?: FollowOptions): Promise<ResultResponse>
  /** Cancels: at once in the queue; a running one is told to stop and the answer still says IN_PROGRESS. */
  cancel(requestId: string, options?: CallOptions | AbortSignal): Promise<StatusResponse>
  /** Every change of a generation from now on, until it is over; reconnects by itself. */
  events(requestId: string, options?: CallOptions | AbortSignal): AsyncGenerator<StatusResponse, void, undefined>
}

/** Makes the queue's calls. */
export function createQueue(transport: Transport): Queue {
  return {
    async submit(
      model,
      { input, webhookUrl, idempotencyKey = crypto.randomUUID(), quote, maxCost, sandboxScenario, ...options },
    ) {
      if (typeof input !== 'object' || input === null) throw new TypeError('input must be an object')
      const json = { input, webhook_url: webhookUrl, quote, max_cost: maxCost }
      const headers = { 'idempotency-key': idempotencyKey, 'clipia-sandbox-scenario': sandboxScenario }
      const path = `/v1/models/${encodeURIComponent(model)}`
      return (await transport.json<SubmitResponse>({ ...options, method: 'POST', path, json, headers })).body
    },
    async status(requestId, options) {
      const { waitSeconds, ...call }: StatusOptions = toCallOptions(options)
      const path = requestPath(requestId, '/status')
      const query = { wait: waitSeconds }
      return (await transport.json<StatusResponse>({ ...call, path, query, generationId: requestId })).body
    },
    async result(requestId, options) {
      const call = { ...toCallOptions(options), path: requestPath(requestId), generationId: requestId }
      const { status, body } = await transport.json<Omit<ResultResponse, 'pending'>>(call)
      return { ...body, pending: status === 202 }
    },
    wait: (requestId, options = {}) => waitForResult(transport, requestId, options),
    async cancel(requestId, options) {
      const call = { ...toCallOptions(options), path: requestPath(requestId, '/cancel'), generationId: requestId }
      return (await transport.json<StatusResponse>({ ...call, method: 'POST' })).body
    },
    events: (requestId, options) => streamStatus(transport, requestId, toCallOptions(options)),
  }
}
