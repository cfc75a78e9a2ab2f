import type { Database } from '../database/database.ts'
import { announceChange } from '../events/announce.ts'
import type { StartName } from './callback-address.ts'
import { LEASE_MS } from './states.ts'

/** The lease a step was claimed under. */
export interface Lease {
  requestId: string
  fence: number
}

/**
 * The commits between a claim and the end. Each answers false, having changed nothing, when the fence is no longer
 * ours: the step then belongs to another worker, or the generation is over. A step that is not under way has no node.
 */
async function advance(database: Database, set: string, lease: Lease, values: (string | number)[]): Promise<boolean> {
  const rows = await database.write(
    `UPDATE queue SET ${set} WHERE request_id = $1 AND fence = $2 AND stage = 'claimed' RETURNING request_id`,
    [lease.requestId, lease.fence, ...values],
  )
  return rows.length > 0
}

/** The engine accepted the job: keep its ticket, the only way back to it. News and a wish to cancel come first. */
export function recordTicket(
  database: Database,
  lease: Lease,
  ticketJson: string,
  times: { nowMs: number; dueAt: number },
): Promise<boolean> {
  return advance(
    database,
    `step = 'check', ticket = $3, accepted_at = coalesce(accepted_at, $4), attempts = 0, node = NULL,
     due_at = CASE WHEN cancel_requested_at IS NULL AND has_news = 0 THEN CAST($5 AS BIGINT) ELSE 0 END`,
    lease,
    [ticketJson, times.nowMs, times.dueAt],
  )
}

/**
 * A ticket came by another way than the answer of a start in time: by a callback, or too late for the lease. It is kept,
 * and the job checked at once, while what became of that very start is open: nothing else is worth more than its ticket.
 * The fence rises, so that whoever still works on the start changes nothing. Answers false, having changed nothing, when
 * a ticket is on record, another start came since, or the generation is over.
 */
export async function recordLateTicket(
  database: Database,
  { requestId, engine, startFence }: StartName,
  ticketJson: string,
  nowMs: number,
): Promise<boolean> {
  const rows = await database.write(
    `UPDATE queue SET step = 'check', ticket = $4, accepted_at = coalesce(accepted_at, $5), attempts = 0, has_news = 0,
       fence = fence + 1, node = NULL, due_at = $5
     WHERE request_id = $1 AND pool = $2 AND start_fence = $3 AND stage = 'claimed'
       AND step IN ('start', 'starting', 'recover')
     RETURNING request_id`,
    [requestId, engine, startFence, ticketJson, nowMs],
  )
  return rows.length > 0
}

/** No route accepted the job, for certain: it may be started again, later, on any of them. */
export function recordRefusedStart(database: Database, lease: Lease, dueAt: number): Promise<boolean> {
  return advance(
    database,
    `step = 'start', refused_routes = 0, node = NULL,
     due_at = CASE WHEN cancel_requested_at IS NULL THEN CAST($3 AS BIGINT) ELSE 0 END`,
    lease,
    [dueAt],
  )
}

/** A step that will take longer than its lease: take a longer one before it begins. */
export function extendLease(database: Database, lease: Lease, endsAt: number): Promise<boolean> {
  return advance(database, 'due_at = $3', lease, [endsAt])
}

/**
 * Whether the engine accepted the job is unknown, now or still: it is to be found out, later. Changes nothing where a
 * ticket or an outcome is on record already: then only the answer of that commit was lost.
 */
export async function recordUnknownStart(database: Database, lease: Lease, dueAt: number): Promise<void> {
  await database.write(
    `UPDATE queue SET step = 'recover', due_at = $3, node = NULL
     WHERE request_id = $1 AND fence = $2 AND step IN ('starting', 'recover')`,
    [lease.requestId, lease.fence, dueAt],
  )
}

/** The same step again at its time, or at once when there was news meanwhile. */
const DUE = 'due_at = CASE has_news WHEN 1 THEN 0 ELSE CAST($3 AS BIGINT) END, node = NULL'

/** The step did not lead further: the same step again, later. Progress only grows; waiters are told when it does. */
export async function recordProgress(
  database: Database,
  lease: Lease & { progress: number },
  { percent, hasBegun }: { percent: number; hasBegun: boolean },
  dueAt: number,
): Promise<boolean> {
  const isKept = await advance(
    database,
    `changes = changes + CASE WHEN progress < $4 THEN 1 ELSE 0 END,
     progress = CASE WHEN progress < $4 THEN $4 ELSE progress END,
     has_begun = CASE WHEN has_begun = 1 THEN 1 ELSE $5 END, attempts = 0, ${DUE}`,
    lease,
    [dueAt, percent, hasBegun ? 1 : 0],
  )
  if (isKept && percent > lease.progress) announceChange(database, lease.requestId)
  return isKept
}

/** The step failed, which decides nothing: the same step again, later. */
export function recordFailedStep(database: Database, lease: Lease, dueAt: number): Promise<boolean> {
  return advance(database, `attempts = attempts + 1, ${DUE}`, lease, [dueAt])
}

/** The engine is done: keep its outcome, and the lease, to bring the media home at once. */
export function recordOutcome(database: Database, lease: Lease, outcomeJson: string, nowMs: number): Promise<boolean> {
  return advance(database, `step = 'collect', outcome = $3, due_at = $4, attempts = 0`, lease, [
    outcomeJson,
    nowMs + LEASE_MS.collect,
  ])
}

/**
 * The engine has news of a job: its next check is due at once, or, where a step is under way, as soon as that is over.
 * Nothing else follows from news: what it says, the engine is asked.
 */
export async function makeDue(database: Database, requestId: string, nowMs: number): Promise<void> {
  await database.write(
    `UPDATE queue SET has_news = 1,
       due_at = CASE WHEN step = 'check' AND node IS NULL AND due_at > $2 THEN $2 ELSE due_at END
     WHERE request_id = $1 AND stage = 'claimed'`,
    [requestId, nowMs],
  )
}

/**
 * Stores the wish to stop a running generation and makes its next step due at once, unless one is under way. Answers
 * false when it is not running; `unbegun` narrows that to what no engine has been asked for yet, or has not begun.
 */
export async function requestCancel(
  database: Database,
  requestId: string,
  nowMs: number,
  unbegun?: 'unstarted' | 'waiting',
): Promise<boolean> {
  const rows = await database.write(
    `UPDATE queue SET cancel_requested_at = coalesce(cancel_requested_at, $2),
       changes = changes + CASE WHEN cancel_requested_at IS NULL THEN 1 ELSE 0 END,
       due_at = CASE WHEN node IS NULL AND due_at > $2 THEN $2 ELSE due_at END
     WHERE request_id = $1 AND stage = 'claimed'
       AND (CAST($3 AS INTEGER) = 0 OR step = 'start') AND (CAST($4 AS INTEGER) = 0 OR has_begun = 0)
     RETURNING request_id`,
    [requestId, nowMs, unbegun === 'unstarted' ? 1 : 0, unbegun === 'waiting' ? 1 : 0],
  )
  if (rows.length === 0) return false
  announceChange(database, requestId)
  return true
}

/** At the start of the only process on a database: whatever its predecessor had claimed is free at once. */
export async function releaseLeases(database: Database, nowMs: number): Promise<void> {
  await database.write(`UPDATE queue SET due_at = $1, node = NULL WHERE stage = 'claimed' AND due_at > $1`, [nowMs])
}
