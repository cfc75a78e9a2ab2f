import { redeliver } from '../../../webhooks/redeliver.ts'
import { toWireDelivery } from '../../delivery.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** POST /v1/deliveries/{id}/redeliver */
export function redeliverRoute(services: Services): Handler<'redeliver'> {
  return async ({ key, params }) => ({
    status: 202,
    body: toWireDelivery(await redeliver(services, key, params.id)),
  })
}
