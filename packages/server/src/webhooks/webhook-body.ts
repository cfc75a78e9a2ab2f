import type { Output } from '@clipia/contract'
import { toCredits } from '../credits/amount.ts'
import type { Generation } from '../generations/generation.ts'

/** What a webhook tells of a generation. */
type Told = Pick<Generation, 'requestId' | 'mode' | 'model' | 'status' | 'cost' | 'error'>

/**
 * The body of a webhook: the same bytes for every attempt, unless the owner deletes what the request made in between.
 * `output` is the generation's output as the wire words it. Throws for a generation that is not over.
 */
export function buildWebhookBody(generation: Told, output: Output | null): string {
  const { requestId, mode, status } = generation
  if (status === 'COMPLETED') {
    const payload = { model: generation.model, output, cost: toCredits(generation.cost) }
    return JSON.stringify({ request_id: requestId, status: 'OK', payload, mode })
  }
  const error = status === 'CANCELED' ? { code: 'CANCELED', message: 'The request was canceled.' } : generation.error
  if (error === null) throw new Error(`request ${requestId} is ${status}, not over`)
  return JSON.stringify({ request_id: requestId, status: 'ERROR', error, mode })
}
