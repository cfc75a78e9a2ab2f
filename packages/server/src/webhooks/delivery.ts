import type { DeliveryState } from '@clipia/contract'

/** A webhook as its owner may read it; times in epoch milliseconds. */
export interface Delivery {
  deliveryId: string
  requestId: string
  url: string
  state: DeliveryState
  attempts: number
  /** HTTP status of the last attempt, and why it failed or was given up. */
  status: number | null
  error: string | null
  /** Null when it is over or under way. */
  nextAttemptAt: number | null
  createdAt: number
  completedAt: number | null
}

/** A row of `deliveries`. */
export interface DeliveryRow {
  delivery_id: string
  request_id: string
  url: string
  state: DeliveryState
  attempts: number
  status: number | null
  error: string | null
  next_attempt_at: number | null
  created_at: number
  completed_at: number | null
}

/** The columns of {@link DeliveryRow}. */
export const DELIVERY_COLUMNS = `delivery_id, request_id, url, state, attempts, status, error, created_at, completed_at,
  CASE WHEN state = 'pending' AND node IS NULL THEN due_at END AS next_attempt_at`

/** Reads a row. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.delivery_id,
    requestId: row.request_id,
    url: row.url,
    state: row.state,
    attempts: row.attempts,
    status: row.status,
    error: row.error,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    completedAt: row.completed_at,
  }
}
