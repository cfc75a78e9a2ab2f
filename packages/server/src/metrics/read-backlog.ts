import type { Database } from '../database/database.ts'

/** What waits and runs on all nodes together; ages in milliseconds. */
export interface Backlog {
  models: { model: string; waiting: number; running: number; oldestWaitingMs: number | null }[]
  pools: { pool: string; stage: 'ready' | 'claimed'; count: number }[]
  /** Generations whose key has no free slot. */
  parked: number
  /** How long the step that is due longest has been due; 0 when none is. */
  stepsOverdueMs: number
  webhooksPending: number
  /** How long the webhook that is due longest has been due; 0 when none is. */
  webhooksOverdueMs: number
}

/** Counted in an index of what is not over; the oldest of a model is found behind the few that run. */
const MODELS = `WITH alive AS (SELECT model, count(*) AS alive FROM requests WHERE completed_at IS NULL GROUP BY model),
  running AS (SELECT r.model, count(*) AS running FROM queue q JOIN requests r ON r.request_id = q.request_id
    WHERE q.stage = 'claimed' GROUP BY r.model)
  SELECT alive.model, alive.alive, coalesce(running.running, 0) AS running,
    (SELECT r.created_at FROM requests r
     WHERE r.model = alive.model AND r.completed_at IS NULL AND r.status = 'IN_QUEUE' ORDER BY r.created_at LIMIT 1)
     AS oldest_at
  FROM alive LEFT JOIN running ON running.model = alive.model ORDER BY alive.model`

const POOLS = `SELECT pool, 'ready' AS stage, count(*) AS count FROM queue WHERE stage = 'ready' GROUP BY pool
  UNION ALL SELECT pool, 'claimed' AS stage, count(*) AS count FROM queue WHERE stage = 'claimed' GROUP BY pool`

/** Each of these is one look into an index, or a count in one. */
const TOTALS = `SELECT (SELECT count(*) FROM queue WHERE stage = 'parked') AS parked,
  (SELECT min(due_at) FROM queue WHERE stage = 'claimed') AS steps_due_at,
  (SELECT count(*) FROM deliveries WHERE state = 'pending') AS pending,
  (SELECT min(next_at) FROM webhook_endpoints WHERE next_at IS NOT NULL) AS webhooks_due_at`

/** Reads how much waits and since when, by indexes that hold only what is not over. */
export async function readBacklog(database: Database, nowMs: number): Promise<Backlog> {
  const [models, pools, totals] = await Promise.all([
    database.read<{ model: string; alive: number; running: number; oldest_at: number | null }>(MODELS),
    database.read<Backlog['pools'][number] & Record<string, string | number>>(POOLS),
    database.read<{ parked: number; steps_due_at: number | null; pending: number; webhooks_due_at: number | null }>(
      TOTALS,
    ),
  ])
  const ageOf = (time: number | null | undefined) => Math.max(0, nowMs - (time ?? nowMs))
  const [total] = totals
  return {
    models: models.map(({ model, alive, running, oldest_at: oldestAt }) => ({
      model,
      waiting: Math.max(0, alive - running),
      running,
      oldestWaitingMs: oldestAt === null ? null : ageOf(oldestAt),
    })),
    pools,
    parked: total?.parked ?? 0,
    stepsOverdueMs: ageOf(total?.steps_due_at),
    webhooksPending: total?.pending ?? 0,
    webhooksOverdueMs: ageOf(total?.webhooks_due_at),
  }
}
