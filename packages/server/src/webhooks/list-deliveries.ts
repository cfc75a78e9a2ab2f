import type { DeliveryState } from '@clipia/contract'
import type { Database } from '../database/database.ts'
import type { Viewer } from '../generations/get-generation.ts'
import { DELIVERY_COLUMNS, type Delivery, type DeliveryRow, toDelivery } from './delivery.ts'

/** Which page of the log: `limit` deliveries before (older than) one, of one state or all. */
export interface DeliveryPage {
  state: DeliveryState | null
  before: string | null
  limit: number
}

/** Sorts after every id. */
const NEWEST = 'g'

/** Lists the deliveries of an account and mode, newest first. Ids are ordered by time, so pages do not shift. */
export async function listDeliveries(database: Database, viewer: Viewer, page: DeliveryPage): Promise<Delivery[]> {
  const parameters = [viewer.accountId, viewer.mode, page.before ?? NEWEST, page.limit]
  // Two statements, so that each has an index of its own.
  const rows =
    page.state === null
      ? await database.read<DeliveryRow>(list(''), parameters)
      : await database.read<DeliveryRow>(list('AND state = $5'), [...parameters, page.state])
  return rows.map(toDelivery)
}

function list(filter: string): string {
  return `SELECT ${DELIVERY_COLUMNS} FROM deliveries
    WHERE account_id = $1 AND mode = $2 AND delivery_id < $3 ${filter} ORDER BY delivery_id DESC LIMIT $4`
}
