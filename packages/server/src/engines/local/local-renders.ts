import { type Database, firstOrNull } from '../../database/database.ts'
import type { Outcome } from '../engine.ts'

/** A render whose heartbeat is older than this has lost its node and is rendered anew. */
export const STALE_AFTER_MS = 10_000

/** What the nodes know of one local render. */
export interface LocalRender {
  node: string
  heartbeatAt: number
  percent: number
  outcome: Outcome | null
}

/** Reads a render, or null when none was begun. */
export async function findLocalRender(database: Database, requestId: string): Promise<LocalRender | null> {
  const row = firstOrNull(
    await database.read<{ node: string; heartbeat_at: number; progress: number; outcome: string | null }>(
      'SELECT node, heartbeat_at, progress, outcome FROM local_renders WHERE request_id = $1',
      [requestId],
    ),
  )
  if (row === null) return null
  const outcome = row.outcome === null ? null : JSON.parse(row.outcome)
  return { node: row.node, heartbeatAt: row.heartbeat_at, percent: row.progress, outcome }
}

/**
 * Takes a render for this node, if nobody has it: it is new, or its heartbeat is stale. Answers whether it is ours
 * now; of several nodes that try, one gets it.
 */
export async function takeLocalRender(
  database: Database,
  requestId: string,
  node: string,
  nowMs: number,
): Promise<boolean> {
  const rows = await database.write(
    `INSERT INTO local_renders (request_id, node, heartbeat_at) VALUES ($1, $2, $3)
     ON CONFLICT (request_id) DO UPDATE SET node = $2, heartbeat_at = $3
       WHERE local_renders.outcome IS NULL AND local_renders.heartbeat_at < $4
     RETURNING request_id`,
    [requestId, node, nowMs, nowMs - STALE_AFTER_MS],
  )
  return rows.length > 0
}

/** Says that the render is alive on this node; false when it is not ours any more or is not wanted any more. */
export async function beatLocalRender(
  database: Database,
  requestId: string,
  node: string,
  percent: number,
  nowMs: number,
): Promise<boolean> {
  const rows = await database.write(
    `UPDATE local_renders SET heartbeat_at = $3, progress = $4
     WHERE request_id = $1 AND node = $2 AND outcome IS NULL
       AND EXISTS (SELECT 1 FROM queue WHERE queue.request_id = $1) RETURNING request_id`,
    [requestId, node, nowMs, percent],
  )
  return rows.length > 0
}

/** Records how the render ended; ignored when it is not this node's any more. */
export async function endLocalRender(
  database: Database,
  requestId: string,
  node: string,
  outcome: Outcome,
): Promise<void> {
  await database.write(
    'UPDATE local_renders SET outcome = $3 WHERE request_id = $1 AND node = $2 AND outcome IS NULL',
    [requestId, node, JSON.stringify(outcome)],
  )
}

/** Says that the render is not wanted any more, whichever node has it: its next heartbeat finds out. */
export async function cancelLocalRender(database: Database, requestId: string): Promise<void> {
  const outcome: Outcome = { state: 'canceled', isCharged: false }
  await database.write('UPDATE local_renders SET outcome = $2 WHERE request_id = $1 AND outcome IS NULL', [
    requestId,
    JSON.stringify(outcome),
  ])
}

/** Makes every unfinished render stale: at the start of the only process on a database nothing can be alive. */
export async function abandonLocalRenders(database: Database): Promise<void> {
  await database.write('UPDATE local_renders SET heartbeat_at = 0 WHERE outcome IS NULL')
}

/** Removes the records of renders whose generation is over. */
export async function forgetLocalRenders(database: Database): Promise<void> {
  await database.write(
    'DELETE FROM local_renders WHERE NOT EXISTS (SELECT 1 FROM queue WHERE queue.request_id = local_renders.request_id)',
  )
}
