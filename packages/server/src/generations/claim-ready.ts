import type { Database, Transaction } from '../database/database.ts'
import { announceChange } from '../events/announce.ts'
import { CLAIMED_COLUMNS, type Claimed, type ClaimedRow, toClaimed } from './claimed.ts'
import { LEASE_MS } from './states.ts'

/** What a node asks for in one claim. */
export interface ReadyClaim {
  pool: string
  node: string
  /** How many this node could start. */
  limit: number
  /** How many of the pool may run at once over all nodes; null for no such bound. */
  capacity: number | null
  nowMs: number
}

/**
 * Whether as many of a pool run as may. Looking costs no write: a node whose engine is full must not lock the pool's row at
 * every look: submits to the pool need that row.
 */
export async function isPoolFull(database: Database, pool: string, capacity: number): Promise<boolean> {
  const [row] = await database.read<{ running: number }>(COUNT_RUNNING, [pool])
  return (row?.running ?? 0) >= capacity
}

const COUNT_RUNNING = `SELECT count(*) AS running FROM queue WHERE pool = $1 AND stage = 'claimed'`

/**
 * Claims the next ready generations of a pool in fair order; from the commit on they are IN_PROGRESS and their running
 * deadline counts (one that came from another engine keeps both). The pool's row is locked first, so that nodes take turns and its capacity holds over all of them.
 */
export async function claimReady(database: Database, claim: ReadyClaim): Promise<Claimed[]> {
  return database.transaction(async (tx) => {
    await tx.query('INSERT INTO pools (pool, turn) VALUES ($1, 0) ON CONFLICT (pool) DO UPDATE SET turn = pools.turn', [
      claim.pool,
    ])
    let limit = claim.limit
    if (claim.capacity !== null) {
      const running = await tx.query<{ running: number }>(COUNT_RUNNING, [claim.pool])
      limit = Math.min(limit, claim.capacity - (running[0]?.running ?? 0))
    }
    if (limit <= 0) return []
    const rows = await tx.query<ClaimedRow & { turn: number }>(claimReadyStatement(database), [
      claim.pool,
      limit,
      claim.node,
      claim.nowMs + LEASE_MS.starting,
      claim.nowMs,
    ])
    if (rows.length === 0) return []
    await tx.query('UPDATE pools SET turn = $2 WHERE pool = $1 AND turn < $2', [
      claim.pool,
      Math.max(...rows.map((row) => row.turn)),
    ])
    const requests = await beginRequests(tx, rows, claim.nowMs)
    return rows
      .sort((left, right) => left.turn - right.turn)
      .map((row) => {
        const request = requests.get(row.request_id)
        if (request === undefined) throw new Error(`request ${row.request_id} was ready but is over`)
        tx.afterCommit(() => announceChange(database, row.request_id))
        return toClaimed(row, request)
      })
  })
}

interface BegunRow {
  request_id: string
  account_id: string
  model: string
  input: string
  job: string
}

/**
 * Begins all requests of a claim by one statement, where one after another PostgreSQL would be waited for once each. A
 * statement takes a power of two of ids, so that few are prepared.
 */
async function beginRequests(
  tx: Transaction,
  rows: readonly ClaimedRow[],
  nowMs: number,
): Promise<Map<string, BegunRow>> {
  const ids = rows.map((row) => row.request_id)
  const count = 2 ** Math.ceil(Math.log2(ids.length))
  const places = Array.from({ length: count }, (_, index) => `$${index + 2}`).join(', ')
  const padding = Array.from({ length: count - ids.length }, () => ids[0] ?? null)
  const begun = await tx.query<BegunRow>(
    `UPDATE requests SET status = 'IN_PROGRESS', started_at = coalesce(started_at, $1),
       version = version + CASE status WHEN 'IN_QUEUE' THEN 1 ELSE 0 END
     WHERE request_id IN (${places}) AND status IN ('IN_QUEUE', 'IN_PROGRESS')
     RETURNING request_id, account_id, model, input, job`,
    [nowMs, ...ids, ...padding],
  )
  return new Map(begun.map((request) => [request.request_id, request]))
}

/** MATERIALIZED, or PostgreSQL may evaluate the LIMIT again for every row it updates. */
function claimReadyStatement(database: Database): string {
  return `WITH next AS MATERIALIZED (
      SELECT request_id FROM queue WHERE pool = $1 AND stage = 'ready'
      ORDER BY turn, request_id LIMIT $2 ${database.capabilities.skipLocked}
    )
    UPDATE queue SET stage = 'claimed', step = 'starting', fence = fence + 1, start_fence = fence + 1,
      attempts = attempts + 1, node = $3, due_at = $4,
      deadline_at = CASE has_started WHEN 1 THEN deadline_at ELSE $5 + run_limit_ms END, has_started = 1
    WHERE request_id IN (SELECT request_id FROM next) RETURNING ${CLAIMED_COLUMNS}, turn`
}
