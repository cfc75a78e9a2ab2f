import { type CallOptions, toCallOptions } from './call-options.ts'
import type { Transport } from './http/transport.ts'
import { requestPath } from './request-path.ts'

/** The history of requests. */
export interface Requests {
  /** Deletes what a request that is over was given and made; harmless to repeat. Its place in the ledger stays. */
  delete(requestId: string, options?: CallOptions | AbortSignal): Promise<void>
}

/** Makes the calls of the history. */
export function createRequests(transport: Transport): Requests {
  return {
    async delete(requestId, options) {
      const call = { ...toCallOptions(options), path: requestPath(requestId), generationId: requestId }
      await transport.json<undefined>({ ...call, method: 'DELETE' })
    },
  }
}
