import type { Transaction } from '../database/database.ts'
import type { StoredOutput } from './generation.ts'
import { insertDelivery } from './insert-delivery.ts'
import { insertIdempotencyKey } from './insert-queued.ts'
import type { NewGeneration } from './new-generation.ts'

/**
 * Makes a sandbox generation durable: completed at once with the sample output, nothing charged, nothing queued.
 * Answers false when the key may not submit any more; throws `ConstraintError` for a used idempotency key.
 */
export async function insertSandbox(
  tx: Transaction,
  generation: NewGeneration,
  output: StoredOutput,
  deliveryId: string,
): Promise<boolean> {
  const usable = await tx.query(
    'SELECT 1 AS usable FROM api_keys WHERE key_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)',
    [generation.keyId, generation.nowMs],
  )
  if (usable.length === 0) return false
  await tx.query(
    `INSERT INTO requests (request_id, account_id, key_id, mode, model, status, version, input, job, cost,
       price_version, webhook_url, output, created_at, started_at, completed_at)
     VALUES ($1, $2, $3, $4, $5, 'COMPLETED', 1, $6, $7, $8, $9, $10, $11, $12, $12, $12)`,
    [
      generation.requestId,
      generation.accountId,
      generation.keyId,
      generation.mode,
      generation.model,
      generation.input,
      generation.job,
      generation.cost,
      generation.priceVersion,
      generation.webhookUrl,
      JSON.stringify(output),
      generation.nowMs,
    ],
  )
  await insertIdempotencyKey(tx, generation)
  if (generation.webhookUrl !== null) {
    await insertDelivery(tx, { ...generation, deliveryId, url: generation.webhookUrl })
  }
  return true
}
