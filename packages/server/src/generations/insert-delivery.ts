import type { Mode } from '@clipia/contract'
import type { Transaction } from '../database/database.ts'

/** Puts the webhook of a terminal request into the outbox, in the transaction that makes it terminal. */
export async function insertDelivery(
  tx: Transaction,
  delivery: { deliveryId: string; requestId: string; accountId: string; mode: Mode; url: string; nowMs: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO deliveries (delivery_id, request_id, account_id, mode, url, state, due_at, created_at)
     VALUES ($1, $2, $3, $4, $5, 'pending', $6, $6)`,
    [delivery.deliveryId, delivery.requestId, delivery.accountId, delivery.mode, delivery.url, delivery.nowMs],
  )
}
