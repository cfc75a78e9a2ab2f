import type { PendingResult, Result } from '@clipia/contract'
import { toCredits } from '../../../credits/amount.ts'
import { getGeneration } from '../../../generations/get-generation.ts'
import type { Handler } from '../../handler.ts'
import { toOutput } from '../../output.ts'
import type { Services } from '../../services.ts'

/** GET /v1/requests/{id} */
export function getResultRoute({ database, mediaUrl }: Services): Handler<'getResult'> {
  return async ({ key, params }) => {
    const generation = await getGeneration(database, key, params.id)
    const pending: PendingResult = {
      request_id: generation.requestId,
      status: generation.status,
      model: generation.model,
      mode: generation.mode,
      cost: toCredits(generation.cost),
      created_at: new Date(generation.createdAt).toISOString(),
    }
    const { completedAt, output, error } = generation
    if (completedAt === null) return { status: 202, body: pending }
    const startedAt = generation.startedAt ?? completedAt
    const result: Result = {
      ...pending,
      ...(output !== null && { output: toOutput(output, mediaUrl()) }),
      ...(error !== null && { error }),
      charged: generation.mode === 'test' ? 0 : toCredits(generation.cost - generation.refunded),
      ...(output?.seed !== undefined && { seed: output.seed }),
      completed_at: new Date(completedAt).toISOString(),
      timings: {
        queue_ms: Math.max(0, startedAt - generation.createdAt),
        run_ms: Math.max(0, completedAt - startedAt),
      },
    }
    return { body: result }
  }
}
