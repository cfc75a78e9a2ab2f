import type { Delivery as WireDelivery, DeliveryLog as WireLog } from '@clipia/contract'
import type { Delivery } from '../webhooks/delivery.ts'
import type { DeliveryLog } from '../webhooks/list-request-deliveries.ts'

/** Words a delivery for the wire. */
export function toWireDelivery(delivery: Delivery): WireDelivery {
  return {
    delivery_id: delivery.deliveryId,
    request_id: delivery.requestId,
    url: delivery.url,
    state: delivery.state,
    attempt_count: delivery.attempts,
    last_status: delivery.status,
    last_error: delivery.error,
    next_attempt_at: toTime(delivery.nextAttemptAt),
    created_at: new Date(delivery.createdAt).toISOString(),
    completed_at: toTime(delivery.completedAt),
  }
}

/** Words a delivery with its attempts for the wire. */
export function toWireLog(delivery: DeliveryLog): WireLog {
  return {
    ...toWireDelivery(delivery),
    attempts: delivery.log.map(({ number, startedAt, latencyMs, status, error, response }) => ({
      number,
      started_at: new Date(startedAt).toISOString(),
      latency_ms: latencyMs,
      status,
      error,
      response,
    })),
  }
}

function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
