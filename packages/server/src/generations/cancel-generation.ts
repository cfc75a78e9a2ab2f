import type { Clock } from '../clock.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import type { Engines } from '../engines/engine.ts'
import { ClipiaError } from '../errors.ts'
import { requestCancel } from './advance.ts'
import { type FinishDependencies, finishGeneration } from './finish-generation.ts'
import { checkRequestId, requestNotFound, type Viewer } from './get-generation.ts'
import { readStoredJob } from './stored-job.ts'

/** What canceling needs of the process. */
export interface CancelDependencies extends FinishDependencies {
  clock: Clock
  engines: Engines
}

/** `canceled`: it is over and refunded. `requested`: it runs, and its next step tells the engine. */
export type CancelAnswer = 'canceled' | 'requested'

/**
 * Cancels a generation. In a queue it ends at once, refunded in full; running, the wish is stored and the outcome of
 * any outstanding start is awaited before anything is refunded. Throws `not_found` as reading does, and
 * `not_cancelable` for one that is otherwise over or whose engine cannot cancel.
 */
export async function cancelGeneration(
  of: CancelDependencies,
  viewer: Viewer,
  requestId: string,
): Promise<CancelAnswer> {
  checkRequestId(requestId)
  const id = requestId.toLowerCase()
  // A claim, a move to another route or an end may come between reading and acting, each a few times at the most.
  for (;;) {
    const row = await findCancelable(of.database, viewer, id)
    if (row.status === 'CANCELED') return 'canceled'
    // One that is ready without being in the queue waits for another engine: nobody has it.
    if (row.status === 'IN_QUEUE' || row.stage === 'ready') {
      const ending = { status: 'CANCELED', isCharged: false } as const
      const finishing = { requestId: id, keyId: row.key_id, isOnlyWaiting: true, ending }
      if (await finishGeneration(of, finishing, of.clock.now())) return 'canceled'
      continue
    }
    if (row.status !== 'IN_PROGRESS') throw notCancelable(`The request is over: it is ${row.status}.`)
    const route = readStoredJob(row.job).routes[row.route ?? 0]
    if (of.engines.get(route?.engine ?? '')?.cancel === undefined)
      throw notCancelable('The engine of this model cannot cancel.')
    if (!(await requestCancel(of.database, id, of.clock.now()))) continue
    of.onQueued()
    return 'requested'
  }
}

interface CancelableRow {
  status: string
  key_id: string
  job: string
  /** Null for one that is over. */
  stage: 'parked' | 'ready' | 'claimed' | null
  route: number | null
}

async function findCancelable(database: Database, viewer: Viewer, requestId: string): Promise<CancelableRow> {
  const row = firstOrNull(
    await database.read<CancelableRow>(
      `SELECT r.status, r.key_id, r.job, q.stage, q.route FROM requests r LEFT JOIN queue q ON q.request_id = r.request_id
       WHERE r.request_id = $1 AND r.account_id = $2 AND r.mode = $3`,
      [requestId, viewer.accountId, viewer.mode],
    ),
  )
  if (row === null) throw requestNotFound()
  return row
}

function notCancelable(message: string): ClipiaError {
  return new ClipiaError('not_cancelable', message)
}
