import { topUpSandbox } from '../credits/top-up-sandbox.ts'
import type { Transaction } from '../database/database.ts'
import { insertInputs } from '../files/insert-inputs.ts'
import { countSubmitted } from '../usage/count-submitted.ts'
import { insertRequest } from './insert-request.ts'
import type { NewGeneration } from './new-generation.ts'
import { QUEUE_LIMIT_MS } from './states.ts'
import { takeTurn } from './take-turn.ts'

/**
 * Makes a generation that is to be queued durable in the caller's transaction: key, charge, ledger, request, queue and idempotency
 * together. Answers how many requests of the key are not over, it included, or null when the key may not submit (revoked, expired, over its budget);
 * throws `ConstraintError` for too low a balance (`balance_not_negative`) and for a used idempotency key.
 *
 * Locks are taken in the order key, balance, lane, file, as everywhere.
 */
export async function insertQueued(tx: Transaction, generation: NewGeneration): Promise<number | null> {
  const { requestId, accountId, keyId, mode, cost, nowMs } = generation
  // What the sandbox plays is neither spending nor usage.
  const isLive = mode === 'live'
  const slot = (
    await tx.query<{ seq: number; live_count: number; is_ready: number }>(TAKE_SLOT, [keyId, isLive ? cost : 0, nowMs])
  )[0]
  if (slot === undefined) return null
  if (!isLive) await topUpSandbox(tx, accountId, cost, nowMs)
  const balance = (await tx.query<{ balance: number; last_seq: number }>(CHARGE, [accountId, mode, cost]))[0]
  if (balance === undefined) throw new Error(`account ${accountId} has no balance row`)
  await tx.query(INSERT_CHARGE, [accountId, mode, balance.last_seq, requestId, -cost, balance.balance, nowMs])
  await insertRequest(tx, generation, null)
  if (isLive) await countSubmitted(tx, generation)
  const isReady = slot.is_ready === 1
  const turn = isReady ? await takeTurn(tx, generation.pool, accountId) : null
  await tx.query(INSERT_QUEUE, [
    requestId,
    accountId,
    keyId,
    generation.pool,
    slot.seq,
    isReady ? 'ready' : 'parked',
    turn,
    nowMs + QUEUE_LIMIT_MS,
    generation.runLimitMs,
  ])
  await insertIdempotencyKey(tx, generation)
  await insertInputs(tx, generation, nowMs + QUEUE_LIMIT_MS + generation.runLimitMs)
  return slot.live_count
}

/**
 * Counts the request to its key, if the key may submit. A request is ready only if its key has a free slot and nobody
 * of the key waits before it: then, and only then, all live requests of the key hold a slot.
 */
export const TAKE_SLOT = `UPDATE api_keys SET last_seq = last_seq + 1, spent = spent + $2,
    held_count = held_count + CASE WHEN held_count = live_count AND held_count < concurrency THEN 1 ELSE 0 END,
    live_count = live_count + 1
  WHERE key_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
    AND (budget IS NULL OR spent + $2 <= budget)
  RETURNING last_seq AS seq, live_count, CASE WHEN held_count = live_count THEN 1 ELSE 0 END AS is_ready`

/** Unguarded on purpose: the CHECK `balance_not_negative` refuses an overdraft and undoes everything before it. */
const CHARGE = `UPDATE balances SET balance = balance - $3, reserved = reserved + $3, last_seq = last_seq + 1
  WHERE account_id = $1 AND mode = $2 RETURNING balance, last_seq`

const INSERT_CHARGE = `INSERT INTO ledger_entries
    (account_id, mode, seq, kind, request_id, amount, balance_after, created_at)
  VALUES ($1, $2, $3, 'charge', $4, $5, $6, $7)`

const INSERT_QUEUE = `INSERT INTO queue
    (request_id, account_id, key_id, pool, seq, stage, turn, deadline_at, run_limit_ms)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

/** Remembers the idempotency key. A plain INSERT: a second one must fail and undo its whole submit. */
export async function insertIdempotencyKey(tx: Transaction, generation: NewGeneration): Promise<void> {
  if (generation.idempotency === null) return
  await tx.query(
    `INSERT INTO idempotency_keys (account_id, mode, idempotency_key, fingerprint, request_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      generation.accountId,
      generation.mode,
      generation.idempotency.key,
      generation.idempotency.fingerprint,
      generation.requestId,
      generation.nowMs,
    ],
  )
}
