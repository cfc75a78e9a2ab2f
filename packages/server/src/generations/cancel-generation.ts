import type { Clock } from '../clock.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import { canCancel } from '../engines/can-cancel.ts'
import type { Engines } from '../engines/engine.ts'
import { ClipiaError } from '../errors.ts'
import { requestCancel } from './advance.ts'
import { type FinishDependencies, finishGeneration } from './finish-generation.ts'
import { checkRequestId, requestNotFound, type Viewer } from './get-generation.ts'
import type { Step } from './states.ts'
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
 * `not_cancelable` for one that is otherwise over, or that its engine cannot stop (any more).
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
    const when = whenCancelable(of.engines, row)
    if (!(await requestCancel(of.database, id, of.clock.now(), when))) continue
    of.onQueued()
    return 'requested'
  }
}

/**
 * How far a running generation may have come to be stopped by its engine; undefined for as far as any. What no engine has
 * been asked for yet can always be stopped.
 */
function whenCancelable(engines: Engines, row: CancelableRow): 'unstarted' | 'waiting' | undefined {
  const { type, routes } = readStoredJob(row.job)
  const route = routes[row.route ?? 0]
  const engine = engines.get(route?.engine ?? '')
  const job = { type, settings: route?.settings ?? {} }
  if (canCancel(engine, job, true)) return undefined
  if (row.step === 'start') return 'unstarted'
  if (!canCancel(engine, job, false)) throw notCancelable('The engine of this model cannot cancel.')
  if (row.has_begun === 1) throw notCancelable('The engine has begun, and cannot stop any more.')
  return 'waiting'
}

interface CancelableRow {
  status: string
  key_id: string
  job: string
  /** Null for one that is over. */
  stage: 'parked' | 'ready' | 'claimed' | null
  route: number | null
  step: Step | null
  has_begun: number | null
}

async function findCancelable(database: Database, viewer: Viewer, requestId: string): Promise<CancelableRow> {
  const row = firstOrNull(
    await database.read<CancelableRow>(
      `SELECT r.status, r.key_id, r.job, q.stage, q.route, q.step, q.has_begun
       FROM requests r LEFT JOIN queue q ON q.request_id = r.request_id
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
