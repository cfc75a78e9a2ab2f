import type { InputMapping } from '../catalogue/route.ts'
import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import type { Job } from '../engines/engine.ts'
import type { Step } from './states.ts'
import { readStoredJob, type StoredRoute } from './stored-job.ts'

/** A generation this node holds a lease on, with all a step needs. */
export interface Claimed {
  requestId: string
  keyId: string
  step: Step
  /** The number of the claim: what commits a step checks that it is still the latest. */
  fence: number
  /** The fence of the claim that started the job last: what its callbacks name. */
  startFence: number
  /** The current one of its routes, by index, and the name of that one's engine. */
  route: number
  engine: string
  /** All routes that take the input, in the order to try them. */
  routes: readonly StoredRoute[]
  /** See the columns of `queue`. */
  refusedRoutes: number
  endedRoutes: number
  /** Starts in a row that were refused, or other steps in a row that failed. */
  attempts: number
  progress: number
  /** Epoch milliseconds: from then on somebody else may do this step. */
  leaseEndsAt: number
  /** JSON of the engine's ticket and of its outcome, once there. */
  ticket: string | null
  outcome: string | null
  /** When the engine accepted the job, in epoch milliseconds; null before. */
  acceptedAt: number | null
  /** Whether it is charged when the engine rejects its content after it had accepted the job. */
  chargesRejected: boolean
  /** Its owner wants it stopped. */
  isCancelRequested: boolean
  /** Its input is the model's; `mapping` makes the engine's of it. */
  job: Job
  mapping: InputMapping | null
}

/** A row of `queue` as a claim returns it. */
export interface ClaimedRow {
  request_id: string
  key_id: string
  step: Step
  fence: number
  attempts: number
  progress: number
  ticket: string | null
  outcome: string | null
  cancel_requested_at: number | null
  due_at: number | null
  route: number
  refused_routes: number
  ended_routes: number
  accepted_at: number | null
  start_fence: number
}

/** The columns of {@link ClaimedRow}. */
export const CLAIMED_COLUMNS =
  'request_id, key_id, step, fence, attempts, progress, ticket, outcome, cancel_requested_at, due_at, ' +
  'route, refused_routes, ended_routes, accepted_at, start_fence'

interface JobRow {
  account_id: string
  model: string
  input: string
  job: string
}

/** Completes a claimed row with its job, from the request or from what an UPDATE of it returned. */
export function toClaimed(row: ClaimedRow, request: JobRow): Claimed {
  const { type, routes, mediaParameters, chargesRejected } = readStoredJob(request.job)
  const route = routes[row.route]
  if (route === undefined) throw new Error(`request ${row.request_id} has no route`)
  const input: Job['input'] = JSON.parse(request.input)
  return {
    requestId: row.request_id,
    keyId: row.key_id,
    step: row.step,
    fence: row.fence,
    startFence: row.start_fence,
    route: row.route,
    engine: route.engine,
    routes,
    refusedRoutes: row.refused_routes,
    endedRoutes: row.ended_routes,
    attempts: row.attempts,
    progress: row.progress,
    leaseEndsAt: row.due_at ?? 0,
    ticket: row.ticket,
    outcome: row.outcome,
    acceptedAt: row.accepted_at,
    chargesRejected,
    isCancelRequested: row.cancel_requested_at !== null,
    job: {
      requestId: row.request_id,
      accountId: request.account_id,
      model: request.model,
      type,
      input,
      media: mediaParameters.flatMap((name) => input[name] ?? []).filter((url) => typeof url === 'string'),
      settings: route.settings,
    },
    mapping: route.input,
  }
}

/** Reads the job of a claimed row. */
export async function readClaimed(source: Database | Transaction, row: ClaimedRow): Promise<Claimed> {
  const sql = 'SELECT account_id, model, input, job FROM requests WHERE request_id = $1'
  const rows =
    'read' in source
      ? await source.read<JobRow>(sql, [row.request_id])
      : await source.query<JobRow>(sql, [row.request_id])
  const request = firstOrNull(rows)
  if (request === null) throw new Error(`queue row ${row.request_id} has no request`)
  return toClaimed(row, request)
}
