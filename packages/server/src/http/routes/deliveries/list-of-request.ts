import type { RequestDeliveries } from '@clipia/contract'
import { listRequestDeliveries } from '../../../webhooks/list-request-deliveries.ts'
import { toWireLog } from '../../delivery.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/requests/{id}/deliveries */
export function listRequestDeliveriesRoute({ database }: Services): Handler<'listRequestDeliveries'> {
  return async ({ key, params }) => {
    const body: RequestDeliveries = {
      data: (await listRequestDeliveries(database, key, params.id)).map(toWireLog),
    }
    return { body }
  }
}
