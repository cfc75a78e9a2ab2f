/** A webhook of a request. */
export interface Delivery {
  /** The receiver gets it as `X-Clipia-Webhook-Id` and `webhook-id`. */
  delivery_id: string
  request_id: string
  url: string
  /** It waits for an attempt, a receiver took it, or it was given up. */
  state: 'pending' | 'delivered' | 'dead'
  attempt_count: number
  /** HTTP status of the last attempt; null when there was no answer. */
  last_status: number | null
  last_error: string | null
  next_attempt_at: string | null
  /** ISO 8601, UTC. */
  created_at: string
  completed_at: string | null
}

/** One attempt of a delivery. */
export interface DeliveryAttempt {
  number: number
  started_at: string
  latency_ms: number
  status: number | null
  error: string | null
  /** First 1 KB of the answer. */
  response: string | null
}

/** A webhook with all its attempts, oldest first. */
export interface DeliveryLog extends Delivery {
  attempts: DeliveryAttempt[]
}
