import type { Transaction } from '../database/database.ts'
import type { StoredOutput } from './generation.ts'
import type { NewGeneration } from './new-generation.ts'

/** Inserts the row of a new request: in the queue, or completed at once with an output. */
export async function insertRequest(
  tx: Transaction,
  generation: NewGeneration,
  output: StoredOutput | null,
): Promise<void> {
  await tx.query(
    `INSERT INTO requests (request_id, account_id, key_id, mode, model, status, version, input, job, cost,
       price_version, webhook_url, created_at, output, started_at, completed_at, scenario)
     VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)`,
    [
      generation.requestId,
      generation.accountId,
      generation.keyId,
      generation.mode,
      generation.model,
      output === null ? 'IN_QUEUE' : 'COMPLETED',
      generation.input,
      generation.job,
      generation.cost,
      generation.priceVersion,
      generation.webhookUrl,
      generation.nowMs,
      output === null ? null : JSON.stringify(output),
      output === null ? null : generation.nowMs,
      generation.scenario,
    ],
  )
}
