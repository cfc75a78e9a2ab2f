import type { ClaimedRow } from '../../generations/claimed.ts'
import { moveToRoute } from '../../generations/move-to-route.ts'
import { readStoredJob } from '../../generations/stored-job.ts'
import { findUsableRoute } from '../routing/change-route.ts'
import type { StepDependencies } from '../step-dependencies.ts'
import type { Duty } from './duty.ts'

const BATCH = 200
/** Rows looked at in one run: a backlog nobody can take must not keep the database busy. */
const BATCHES_A_RUN = 10

type StrandedRow = Pick<ClaimedRow, 'request_id' | 'fence' | 'route' | 'refused_routes' | 'ended_routes'> & {
  account_id: string
  turn: number
  job: string
}

/**
 * Sends what waits for an engine that is not set up here any more to its next route. What has no other stays: the
 * engine may come back. Each run goes on where the last one stopped.
 */
export function rerouteStranded(of: StepDependencies): Duty {
  const seenByPool = new Map<string, { turn: number; requestId: string }>()

  async function reroute(pool: string): Promise<void> {
    for (let batch = 0; batch < BATCHES_A_RUN; batch += 1) {
      const seen = seenByPool.get(pool) ?? { turn: -1, requestId: '' }
      const rows = await of.database.read<StrandedRow>(READ_STRANDED, [pool, seen.turn, seen.requestId, BATCH])
      for (const row of rows) await rerouteOne(of, row)
      const last = rows.at(-1)
      if (last === undefined || rows.length < BATCH) seenByPool.delete(pool)
      else seenByPool.set(pool, { turn: last.turn, requestId: last.request_id })
      if (rows.length < BATCH) return
    }
  }

  return {
    name: 'reroute-stranded',
    everyMs: 10_000,
    async run() {
      for (let pool = await nextPool(of, ''); pool !== null; pool = await nextPool(of, pool)) {
        if (of.engines.get(pool)?.isActive() !== true) await reroute(pool)
      }
    },
  }
}

const READ_STRANDED = `SELECT q.request_id, q.fence, q.account_id, q.turn, q.route, q.refused_routes, q.ended_routes, r.job
  FROM queue q JOIN requests r ON r.request_id = q.request_id
  WHERE q.pool = $1 AND q.stage = 'ready' AND (q.turn > $2 OR (q.turn = $2 AND q.request_id > $3))
  ORDER BY q.turn, q.request_id LIMIT $4`

/** One look-up in `queue_ready` a pool, however long the backlog: a DISTINCT would read all of it. */
async function nextPool({ database }: StepDependencies, after: string): Promise<string | null> {
  const rows = await database.read<{ pool: string }>(
    `SELECT pool FROM queue WHERE stage = 'ready' AND pool > $1 ORDER BY pool LIMIT 1`,
    [after],
  )
  return rows[0]?.pool ?? null
}

async function rerouteOne(of: StepDependencies, row: StrandedRow): Promise<void> {
  const { routes } = readStoredJob(row.job)
  const { refused_routes: refusedRoutes, ended_routes: endedRoutes } = row
  const route = findUsableRoute(of, { routes }, endedRoutes | (1 << row.route))
  if (route === null) return
  const { request_id: requestId, fence, account_id: accountId } = row
  const pool = routes[route]?.engine ?? ''
  const move = { requestId, fence, from: 'ready', accountId, route, pool, refusedRoutes, endedRoutes } as const
  await moveToRoute(of.database, { ...move, usage: null, nowMs: of.clock.now() }, of.onQueued)
}
