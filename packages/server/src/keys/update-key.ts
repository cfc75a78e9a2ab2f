import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { promoteParked } from '../generations/promote-parked.ts'

/** Limits to change; what is left out stays. */
export interface KeyLimits {
  requestsPerMinute?: number | undefined
  concurrency?: number | undefined
}

/**
 * Changes a key's limits at once. A higher concurrency promotes parked requests in the same transaction; a lower one
 * lets what runs finish and starts nothing until the key is below it.
 */
export async function updateKey(database: Database, keyId: string, limits: KeyLimits): Promise<void> {
  for (const [param, value] of Object.entries(limits)) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > 1_000_000)) {
      throw new ClipiaError('invalid_request', `${param} must be a whole number from 1 to 1000000`, { param })
    }
  }
  await database.transaction(async (tx) => {
    const rows = await tx.query(
      `UPDATE api_keys SET requests_per_minute = coalesce($2, requests_per_minute), concurrency = coalesce($3, concurrency)
       WHERE key_id = $1 RETURNING key_id`,
      [keyId, limits.requestsPerMinute ?? null, limits.concurrency ?? null],
    )
    if (rows.length === 0) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
    await promoteParked(tx, keyId)
  })
}
