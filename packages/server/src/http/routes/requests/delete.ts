import { deleteGeneration } from '../../../generations/delete-generation.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** DELETE /v1/requests/{id} */
export function deleteRequestRoute(services: Services): Handler<'deleteRequest'> {
  return async ({ key, params }) => {
    await deleteGeneration(services, key, params.id)
    return { status: 204, body: null }
  }
}
