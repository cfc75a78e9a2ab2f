import type { Transaction } from '../database/database.ts'
import { insertInputs } from '../files/insert-inputs.ts'
import type { StoredOutput } from './generation.ts'
import { insertDelivery } from './insert-delivery.ts'
import { insertEnding } from './insert-ending.ts'
import { insertIdempotencyKey } from './insert-queued.ts'
import { insertRequest } from './insert-request.ts'
import type { NewGeneration } from './new-generation.ts'

/**
 * Makes a sandbox generation durable: completed at once with the sample output, nothing charged, nothing queued.
 * Answers false when the key may not submit any more; throws `ConstraintError` for a used idempotency key.
 */
export async function insertSandbox(
  tx: Transaction,
  generation: NewGeneration,
  output: StoredOutput,
  { deliveryId, onDelivery }: { deliveryId: string; onDelivery: () => void },
): Promise<boolean> {
  const usable = await tx.query(
    'SELECT 1 AS usable FROM api_keys WHERE key_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)',
    [generation.keyId, generation.nowMs],
  )
  if (usable.length === 0) return false
  await insertRequest(tx, generation, output)
  const [ending] = await tx.query<{ seq: number }>(
    'UPDATE balances SET last_ending = last_ending + 1 WHERE account_id = $1 AND mode = $2 RETURNING last_ending AS seq',
    [generation.accountId, generation.mode],
  )
  if (ending === undefined) throw new Error(`account ${generation.accountId} has no balance row`)
  await insertEnding(tx, { ...generation, seq: ending.seq })
  await insertIdempotencyKey(tx, generation)
  await insertInputs(tx, generation, generation.nowMs)
  if (generation.webhookUrl !== null) {
    await insertDelivery(tx, { ...generation, deliveryId, url: generation.webhookUrl }, onDelivery)
  }
  return true
}
