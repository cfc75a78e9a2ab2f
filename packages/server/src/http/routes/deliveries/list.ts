import type { DeliveryList } from '@clipia/contract'
import { listDeliveries } from '../../../webhooks/list-deliveries.ts'
import { readCursor, toCursor } from '../../cursor.ts'
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
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : undefined
    const body: DeliveryList = {
      data: shown.map(toWireDelivery),
      next_cursor: last === undefined ? null : toCursor(last.deliveryId),
    }
    return { body }
  }
}
