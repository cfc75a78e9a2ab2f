import { getGeneration } from '../../../generations/get-generation.ts'
import type { Handler } from '../../handler.ts'
import { toPendingResult, toResult } from '../../result.ts'
import type { Services } from '../../services.ts'

/** GET /v1/requests/{id} */
export function getResultRoute({ database, mediaUrl }: Services): Handler<'getResult'> {
  return async ({ key, params }) => {
    const generation = await getGeneration(database, key, params.id)
    const result = toResult(generation, mediaUrl())
    return result === null ? { status: 202, body: toPendingResult(generation) } : { body: result }
  }
}
