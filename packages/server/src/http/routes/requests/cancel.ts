import { cancelGeneration } from '../../../generations/cancel-generation.ts'
import { getStatus } from '../../../generations/get-status.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toStatusAnswer } from './status.ts'

/** POST /v1/requests/{id}/cancel */
export function cancelRoute(services: Services): Handler<'cancel'> {
  return async ({ key, params }) => {
    const answer = await cancelGeneration(services, key, params.id)
    const status = await getStatus(services.database, key, params.id)
    return { status: answer === 'canceled' ? 200 : 202, body: toStatusAnswer(status) }
  }
}
