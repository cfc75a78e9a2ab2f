import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { afterAttempt } from './breaker.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { lockEndpoint, placeEndpoint } from './endpoint.ts'
import { judgeAttempt, type Verdict } from './schedule.ts'

/** What came of an attempt; times in epoch milliseconds. */
export interface Attempt {
  startedAt: number
  latencyMs: number
  /** Of HTTP; null where there was no answer. */
  status: number | null
  /** Why it failed; null when it did not. */
  error: string | null
  /** The start of the answer; null where it may not be kept. */
  response: string | null
}

/**
 * Commits what came of an attempt: the log, what becomes of the delivery, and how its endpoint does. Answers null, having
 * changed nothing, when the fence is no longer ours: then somebody else makes this attempt, and the receiver may see it
 * twice.
 */
export async function recordAttempt(
  database: Database,
  claimed: ClaimedDelivery,
  attempt: Attempt,
  { nowMs, random }: { nowMs: number; random: number },
): Promise<Verdict | null> {
  const verdict = judgeAttempt(attempt.status, claimed.tries + 1, random)
  return database.transaction(async (tx) => {
    const breaker = await lockEndpoint(database, tx, claimed)
    const row = firstOrNull(
      await tx.query<{ attempts: number }>(
        `UPDATE deliveries SET state = $3, attempts = attempts + 1, tries = tries + 1, node = NULL, status = $4,
           error = $5, due_at = coalesce(CAST($6 AS BIGINT), due_at), completed_at = $7
         WHERE delivery_id = $1 AND fence = $2 AND node IS NOT NULL RETURNING attempts`,
        [
          claimed.deliveryId,
          claimed.fence,
          verdict.state,
          attempt.status,
          verdict.state === 'delivered' ? null : attempt.error,
          verdict.state === 'pending' ? nowMs + verdict.waitMs : null,
          verdict.state === 'pending' ? null : nowMs,
        ],
      ),
    )
    if (row === null) return null
    await insertAttempt(tx, claimed.deliveryId, row.attempts, attempt)
    await placeEndpoint(tx, claimed, afterAttempt(breaker, attempt.status, nowMs), nowMs)
    return verdict
  })
}

/** Gives a claim back without an attempt, when the node stops: another makes it at once. */
export async function releaseDelivery(database: Database, claimed: ClaimedDelivery, nowMs: number): Promise<void> {
  await database.transaction(async (tx) => {
    const breaker = await lockEndpoint(database, tx, claimed)
    await tx.query(
      'UPDATE deliveries SET node = NULL, due_at = $3 WHERE delivery_id = $1 AND fence = $2 AND node IS NOT NULL',
      [claimed.deliveryId, claimed.fence, nowMs],
    )
    await placeEndpoint(tx, claimed, breaker, nowMs)
  })
}

/** At the start of the only process on a database: whatever its predecessor had under way is due at once. */
export async function releaseDeliveries(database: Database, nowMs: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('UPDATE deliveries SET node = NULL, due_at = $1 WHERE node IS NOT NULL', [nowMs])
    await tx.query('UPDATE webhook_endpoints SET next_at = $1 WHERE next_at > $1', [nowMs])
  })
}

async function insertAttempt(tx: Transaction, deliveryId: string, number: number, attempt: Attempt): Promise<void> {
  await tx.query(
    `INSERT INTO delivery_attempts (delivery_id, number, started_at, latency_ms, status, error, response)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [deliveryId, number, attempt.startedAt, attempt.latencyMs, attempt.status, attempt.error, attempt.response],
  )
}
