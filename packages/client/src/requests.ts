import { type CallOptions, toCallOptions } from './call-options.ts'
import { type ListOptions, listPages } from './http/list-pages.ts'
import type { Transport } from './http/transport.ts'
import { requestPath } from './request-path.ts'
import type { RequestEntry } from './wire/history.ts'
import type { GenerationStatus } from './wire/requests.ts'

/** Which requests to list; a time is ISO 8601 with its zone, a day, or a Date. */
export interface ListRequestsOptions extends ListOptions {
  status?: GenerationStatus | undefined
  /** Slug. */
  model?: string | undefined
  /** UUID of the key they were submitted with. */
  keyId?: string | undefined
  /** Submitted then or later. */
  createdFrom?: string | Date | undefined
  /** Submitted before then. */
  createdUntil?: string | Date | undefined
}

/** The history of requests. */
export interface Requests {
  /** The account's requests in the key's mode, newest first. The key needs the scope `read`. */
  list(options?: ListRequestsOptions): AsyncGenerator<RequestEntry, void, undefined>
  /** Deletes what a request that is over was given and made; harmless to repeat. Its place in the ledger stays. */
  delete(requestId: string, options?: CallOptions | AbortSignal): Promise<void>
}

const toTime = (time: string | Date | undefined) => (time instanceof Date ? time.toISOString() : time)

/** Makes the calls of the history. */
export function createRequests(transport: Transport): Requests {
  return {
    list({ status, model, keyId, createdFrom, createdUntil, ...options } = {}) {
      const range = { created_from: toTime(createdFrom), created_until: toTime(createdUntil) }
      return listPages(transport, { path: '/v1/requests', query: { status, model, key: keyId, ...range } }, options)
    },
    async delete(requestId, options) {
      const call = { ...toCallOptions(options), path: requestPath(requestId), generationId: requestId }
      await transport.json<undefined>({ ...call, method: 'DELETE' })
    },
  }
}
