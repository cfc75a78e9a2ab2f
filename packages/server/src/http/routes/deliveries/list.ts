import type { DeliveryList } from '@clipia/contract'
import { listDeliveries } from '../../../webhooks/list-deliveries.ts'
import { readCursor, toPage } from '../../cursor.ts'
import { toWireDelivery } from '../../delivery.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

const PAGE = 20

/** GET /v1/deliveries */
export function listDeliveriesRoute({ database }: Services): Handler<'listDeliveries'> {
  return async ({ key, query }) => {
    const limit = query.limit ?? PAGE
    // One more tells whether there is a next page.
    const page = { state: query.state ?? null, before: readCursor(query.cursor), limit: limit + 1 }
    const found = await listDeliveries(database, key, page)
    const { shown, next_cursor } = toPage(found, limit, ({ deliveryId }) => deliveryId)
    const body: DeliveryList = { data: shown.map(toWireDelivery), next_cursor }
    return { body }
  }
}
