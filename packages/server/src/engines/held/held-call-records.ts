import type { Database } from '../../database/database.ts'
import type { Outcome } from '../engine.ts'
import { beatLocalRender, endLocalRender, findLocalRender } from '../local/local-renders.ts'

/** A call whose node was not heard of for so long has lost it. Long, for what is lost so is a render that was paid. */
export const LOST_AFTER_MS = 60_000

/**
 * Puts a call on record that this node waits for. Calls share the table of renders, in which the `node` is the call: two
 * calls for one request (another route's, one of a node that lost its lease) are never taken for each other. The latest
 * start of a request counts.
 */
export async function insertHeldCall(
  database: Database,
  requestId: string,
  call: string,
  nowMs: number,
): Promise<void> {
  await database.write(
    `INSERT INTO local_renders (request_id, node, heartbeat_at) VALUES ($1, $2, $3)
     ON CONFLICT (request_id) DO UPDATE SET node = $2, heartbeat_at = $3, progress = 0, outcome = NULL
     RETURNING request_id`,
    [requestId, call, nowMs],
  )
}

/** Says that the call is still waited for; false when nobody wants its answer any more. */
export function beatHeldCall(database: Database, requestId: string, call: string, nowMs: number): Promise<boolean> {
  return beatLocalRender(database, requestId, call, 0, nowMs)
}

/** Records what the call led to, unless another call took its place. */
export function endHeldCall(database: Database, requestId: string, call: string, outcome: Outcome): Promise<void> {
  return endLocalRender(database, requestId, call, outcome)
}

/** How a call stands by what is on record: over, alive on some node, or lost. */
export async function findHeldCall(
  database: Database,
  requestId: string,
  call: string,
  nowMs: number,
): Promise<Outcome | 'alive' | 'lost'> {
  const found = await findLocalRender(database, requestId)
  if (found === null || found.node !== call) return 'lost'
  if (found.outcome !== null) return found.outcome
  return nowMs - found.heartbeatAt > LOST_AFTER_MS ? 'lost' : 'alive'
}
