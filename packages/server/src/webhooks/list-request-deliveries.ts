import type { Database } from '../database/database.ts'
import { getGeneration, type Viewer } from '../generations/get-generation.ts'
import { DELIVERY_COLUMNS, type Delivery, type DeliveryRow, toDelivery } from './delivery.ts'
import type { Attempt } from './record-attempt.ts'

/** A delivery with all its attempts, oldest first. */
export interface DeliveryLog extends Delivery {
  log: (Attempt & { number: number })[]
}

interface AttemptRow {
  number: number
  started_at: number
  latency_ms: number
  status: number | null
  error: string | null
  response: string | null
}

/** Reads what became of the webhook of a request; `not_found` as for the request itself. */
export async function listRequestDeliveries(
  database: Database,
  viewer: Viewer,
  requestId: string,
): Promise<DeliveryLog[]> {
  const generation = await getGeneration(database, viewer, requestId)
  const rows = await database.read<DeliveryRow>(`SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE request_id = $1`, [
    generation.requestId,
  ])
  return Promise.all(
    rows.map(async (row) => ({ ...toDelivery(row), log: await readAttempts(database, row.delivery_id) })),
  )
}

async function readAttempts(database: Database, deliveryId: string): Promise<DeliveryLog['log']> {
  const rows = await database.read<AttemptRow>(
    `SELECT number, started_at, latency_ms, status, error, response
     FROM delivery_attempts WHERE delivery_id = $1 ORDER BY number`,
    [deliveryId],
  )
  return rows.map((row) => ({
    number: row.number,
    startedAt: row.started_at,
    latencyMs: row.latency_ms,
    status: row.status,
    error: row.error,
    response: row.response,
  }))
}
