import type { Mode, RequestStatus } from '@clipia/contract'
import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { isTerminal } from './states.ts'

/** How long an idempotency key is remembered; judged here, at look-up. */
export const IDEMPOTENCY_LIFETIME_MS = 24 * 60 * 60 * 1000

/** The first request that was accepted with an idempotency key. */
export interface Replay {
  requestId: string
  cost: number
}

/**
 * Finds what an idempotency key led to. Null when it is free: never used, or used more than 24 hours ago for a request
 * that is over (its row is then removed). Throws `idempotency_key_reuse` when it was used for a different request.
 */
export async function findReplay(
  database: Database,
  owner: { accountId: string; mode: Mode },
  idempotency: { key: string; fingerprint: string },
  nowMs: number,
): Promise<Replay | null> {
  const row = firstOrNull(
    await database.read<{
      request_id: string
      fingerprint: string
      created_at: number
      status: RequestStatus
      cost: number
    }>(
      `SELECT i.request_id, i.fingerprint, i.created_at, r.status, r.cost
       FROM idempotency_keys i JOIN requests r ON r.request_id = i.request_id
       WHERE i.account_id = $1 AND i.mode = $2 AND i.idempotency_key = $3`,
      [owner.accountId, owner.mode, idempotency.key],
    ),
  )
  if (row === null) return null
  if (nowMs - row.created_at >= IDEMPOTENCY_LIFETIME_MS && isTerminal(row.status)) {
    // Guarded by the request, so that a row which took this one's place meanwhile stays.
    await database.write(
      'DELETE FROM idempotency_keys WHERE account_id = $1 AND mode = $2 AND idempotency_key = $3 AND request_id = $4',
      [owner.accountId, owner.mode, idempotency.key, row.request_id],
    )
    return null
  }
  if (row.fingerprint !== idempotency.fingerprint) {
    throw new ClipiaError(
      'idempotency_key_reuse',
      'This Idempotency-Key was used for a different request within the last 24 hours; use a new one.',
    )
  }
  return { requestId: row.request_id, cost: row.cost }
}
