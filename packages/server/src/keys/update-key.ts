import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { promoteParked } from '../generations/promote-parked.ts'
import { checkSpending, type SpendingBounds } from './check-spending.ts'

/** Limits to change; what is left out stays. */
export interface KeyLimits extends SpendingBounds {
  requestsPerMinute?: number | undefined
  concurrency?: number | undefined
}

/**
 * Changes a key's limits at once. A higher concurrency promotes parked requests in the same transaction; a lower one
 * lets what runs finish and starts nothing until the key is below it.
 */
export async function updateKey(database: Database, keyId: string, limits: KeyLimits): Promise<void> {
  const { requestsPerMinute, concurrency, budget, quoteThreshold } = limits
  checkSpending(limits)
  for (const [param, value] of Object.entries({ requestsPerMinute, concurrency })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > 1_000_000)) {
      throw new ClipiaError('invalid_request', `${param} must be a whole number from 1 to 1000000`, { param })
    }
  }
  await database.transaction(async (tx) => {
    const rows = await tx.query(
      `UPDATE api_keys SET requests_per_minute = coalesce($2, requests_per_minute), concurrency = coalesce($3, concurrency),
         budget = CASE WHEN $4 = 1 THEN CAST($5 AS BIGINT) ELSE budget END,
         quote_threshold = CASE WHEN $6 = 1 THEN CAST($7 AS INTEGER) ELSE quote_threshold END
       WHERE key_id = $1 RETURNING key_id`,
      [
        keyId,
        requestsPerMinute ?? null,
        concurrency ?? null,
        budget === undefined ? 0 : 1,
        budget ?? null,
        quoteThreshold === undefined ? 0 : 1,
        quoteThreshold ?? null,
      ],
    )
    if (rows.length === 0) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
    await promoteParked(tx, keyId)
  })
}
