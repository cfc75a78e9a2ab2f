import type { GenerationErrorCode, Mode } from '@clipia/contract'
import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { announceChange, announceEnding } from '../events/announce.ts'
import type { Identifiers } from '../identifiers.ts'
import { useBlobs } from '../media/blob-uses.ts'
import type { Observer } from '../metrics/observer.ts'
import { countEnded } from '../usage/count-ended.ts'
import type { StoredOutput } from './generation.ts'
import { insertDelivery } from './insert-delivery.ts'
import { insertEnding } from './insert-ending.ts'
import { insertUsage, type ToldUsage } from './insert-usage.ts'
import { promoteParked } from './promote-parked.ts'

/** A file of an output, named to the world. */
export interface NamedMedia {
  name: string
  blob: string
  contentType: string
}

/** What ending a generation needs of the process. */
export interface FinishDependencies {
  database: Database
  identifiers: Identifiers
  /** Called after the commit that made something ready. */
  onQueued: () => void
  /** Called after the commit that put a webhook into the outbox. */
  onDelivery: () => void
  observer: Observer
}

/** How a generation ends. */
export type Ending =
  | { status: 'COMPLETED'; output: StoredOutput; media: readonly NamedMedia[] }
  | { status: 'FAILED'; code: GenerationErrorCode; message: string; isCharged: boolean }
  | { status: 'CANCELED'; isCharged: boolean }

/** Which generation ends; with a fence only for the worker that still holds the lease. */
export interface Finishing {
  requestId: string
  keyId: string
  fence?: number
  /** End it only while it still waits in the queue: a claimed one has an engine to be told. */
  isOnlyWaiting?: boolean
  ending: Ending
  /** What the engine said it charges. */
  usage?: ToldUsage | null
}

/** What was ended: the ticket its engine had given, if any, as JSON. */
export interface Ended {
  ticket: string | null
}

/** What the queue knew of it. */
interface QueuedRow {
  stage: 'parked' | 'ready' | 'claimed'
  ticket: string | null
  progress: number
  changes: number
}

interface FinishedRow {
  account_id: string
  mode: Mode
  model: string
  created_at: number
  cost: number
  refunded: number
  webhook_url: string | null
}

/**
 * The one way a generation ends: a compare-and-set transaction of status, output, refund, webhook outbox, the key's
 * slot and its next waiting request. Answers null, having changed nothing, when somebody else ended it first or the
 * fence is no longer ours.
 *
 * Locks are taken in the order key, queue, request, balance, lane, endpoint, as everywhere.
 */
export async function finishGeneration(
  { database, identifiers, onQueued, onDelivery, observer }: FinishDependencies,
  finishing: Finishing,
  nowMs: number,
): Promise<Ended | null> {
  const deliveryId = identifiers.uuid()
  return database.transaction(async (tx) => {
    await tx.query(`SELECT key_id FROM api_keys WHERE key_id = $1 ${database.capabilities.forUpdate}`, [
      finishing.keyId,
    ])
    const queued = firstOrNull(
      await tx.query<QueuedRow>(
        `DELETE FROM queue WHERE request_id = $1 AND fence = coalesce(CAST($2 AS BIGINT), fence)
           AND (CAST($3 AS INTEGER) = 0 OR stage <> 'claimed') RETURNING stage, ticket, progress, changes`,
        [finishing.requestId, finishing.fence ?? null, finishing.isOnlyWaiting ? 1 : 0],
      ),
    )
    if (queued === null) return null
    const row = await endRequest(tx, finishing, queued, nowMs)
    const seq = await settleBalance(tx, finishing.requestId, row, nowMs)
    await insertEnding(tx, { accountId: row.account_id, mode: row.mode, seq, requestId: finishing.requestId, nowMs })
    // Sandbox requests are neither usage nor spending.
    const isLive = row.mode === 'live'
    await tx.query(
      `UPDATE api_keys SET live_count = live_count - 1, held_count = held_count - $2, spent = spent - $3
       WHERE key_id = $1`,
      [finishing.keyId, queued.stage === 'parked' ? 0 : 1, isLive ? row.refunded : 0],
    )
    if (isLive) {
      await countEnded(tx, {
        accountId: row.account_id,
        keyId: finishing.keyId,
        model: row.model,
        createdAt: row.created_at,
        status: finishing.ending.status,
        refunded: row.refunded,
      })
    }
    const promoted = await promoteParked(tx, finishing.keyId)
    if (finishing.ending.status === 'COMPLETED')
      await insertMedia(tx, finishing.requestId, row, finishing.ending, nowMs)
    if (row.webhook_url !== null) {
      const { requestId } = finishing
      const { account_id: accountId, mode, webhook_url: url } = row
      await insertDelivery(tx, { deliveryId, requestId, accountId, mode, url, nowMs }, onDelivery)
    }
    if (finishing.usage) await insertUsage(tx, finishing.requestId, finishing.usage, nowMs)
    if (promoted > 0) tx.afterCommit(onQueued)
    tx.afterCommit(() => {
      announceChange(database, finishing.requestId)
      announceEnding(database, row.account_id, row.mode)
      const { model, mode, refunded } = row
      const { status } = finishing.ending
      const code = finishing.ending.status === 'FAILED' ? finishing.ending.code : null
      observer.generationEnded({ model, mode, status, code, refunded })
    })
    return { ticket: queued.ticket }
  })
}

/** Ends the row in `requests`; the queue row was ours, so it must still be alive. */
async function endRequest(
  tx: Transaction,
  { requestId, ending }: Finishing,
  queued: QueuedRow,
  nowMs: number,
): Promise<FinishedRow> {
  const failure = ending.status === 'FAILED' ? ending : null
  const isRefunded = ending.status !== 'COMPLETED' && !ending.isCharged
  const row = firstOrNull(
    await tx.query<FinishedRow>(
      `UPDATE requests SET status = $2, output = $3, error_code = $4, error_message = $5, completed_at = $6,
         refunded = CASE WHEN $7 = 1 THEN cost ELSE 0 END, version = version + 1 + $8, progress = $9
       WHERE request_id = $1 AND status IN ('IN_QUEUE', 'IN_PROGRESS')
       RETURNING account_id, mode, model, cost, refunded, webhook_url, created_at`,
      [
        requestId,
        ending.status,
        ending.status === 'COMPLETED' ? JSON.stringify(ending.output) : null,
        failure?.code ?? null,
        failure?.message ?? null,
        nowMs,
        isRefunded ? 1 : 0,
        queued.changes,
        ending.status === 'COMPLETED' ? 100 : queued.progress,
      ],
    ),
  )
  if (row === null) throw new Error(`request ${requestId} is queued but not alive`)
  return row
}

/** Settles what was reserved, and answers the number of this end among those of the account and mode. */
async function settleBalance(tx: Transaction, requestId: string, row: FinishedRow, nowMs: number): Promise<number> {
  const balance = firstOrNull(
    await tx.query<{ balance: number; last_seq: number; last_ending: number }>(
      `UPDATE balances SET reserved = reserved - $3, balance = balance + $4, last_seq = last_seq + $5,
         last_ending = last_ending + 1
       WHERE account_id = $1 AND mode = $2 RETURNING balance, last_seq, last_ending`,
      [row.account_id, row.mode, row.cost, row.refunded, row.refunded > 0 ? 1 : 0],
    ),
  )
  if (balance === null) throw new Error(`account ${row.account_id} has no balance row`)
  if (row.refunded === 0) return balance.last_ending
  await tx.query(
    `INSERT INTO ledger_entries (account_id, mode, seq, kind, request_id, amount, balance_after, created_at)
     VALUES ($1, $2, $3, 'refund', $4, $5, $6, $7)`,
    [row.account_id, row.mode, balance.last_seq, requestId, row.refunded, balance.balance, nowMs],
  )
  return balance.last_ending
}

async function insertMedia(
  tx: Transaction,
  requestId: string,
  row: FinishedRow,
  ending: Extract<Ending, { status: 'COMPLETED' }>,
  nowMs: number,
): Promise<void> {
  await useBlobs(
    tx,
    ending.media.map(({ blob }) => blob),
  )
  for (const media of ending.media) {
    await tx.query(
      `INSERT INTO media (name, blob, account_id, request_id, content_type, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [media.name, media.blob, row.account_id, requestId, media.contentType, nowMs],
    )
  }
}
