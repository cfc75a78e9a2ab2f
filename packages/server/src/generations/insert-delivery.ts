import type { Mode } from '@clipia/contract'
import type { Transaction } from '../database/database.ts'
import { hostOf, wakeEndpoint } from '../webhooks/endpoint.ts'

/** The webhook of a request that ends now. */
export interface NewDelivery {
  deliveryId: string
  requestId: string
  accountId: string
  mode: Mode
  /** Checked when the request was submitted. */
  url: string
  nowMs: number
}

/**
 * Puts the webhook of a terminal request into the outbox, in the transaction that makes it terminal. The lock of its
 * endpoint is the last one that transaction takes. `onDelivery` is called after the commit.
 */
export async function insertDelivery(tx: Transaction, delivery: NewDelivery, onDelivery: () => void): Promise<void> {
  const { deliveryId, requestId, accountId, mode, url, nowMs } = delivery
  const host = hostOf(url)
  await wakeEndpoint(tx, { accountId, host }, nowMs)
  await tx.query(
    `INSERT INTO deliveries (delivery_id, request_id, account_id, mode, url, host, state, due_at, queued_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $7, $7)`,
    [deliveryId, requestId, accountId, mode, url, host, nowMs],
  )
  tx.afterCommit(onDelivery)
}
