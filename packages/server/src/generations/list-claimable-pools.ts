import type { Database } from '../database/database.ts'

/** Where there is something to claim: pools with steps that are due, and with generations that are ready. */
export interface ClaimablePools {
  due: readonly string[]
  ready: readonly string[]
}

/**
 * Looks where there is something to claim. One look-up in an index a pool, however many jobs wait or run, and one read for
 * all engines: looking costs no write, and an idle node looks several times a second.
 */
export async function listClaimablePools(database: Database, nowMs: number): Promise<ClaimablePools> {
  const rows = await database.read<{ pool: string; is_due: number }>(
    `WITH RECURSIVE running (pool) AS (
       SELECT min(pool) FROM queue WHERE stage = 'claimed'
       UNION ALL
       SELECT (SELECT min(q.pool) FROM queue q WHERE q.stage = 'claimed' AND q.pool > running.pool)
       FROM running WHERE running.pool IS NOT NULL
     ), waiting (pool) AS (
       SELECT min(pool) FROM queue WHERE stage = 'ready'
       UNION ALL
       SELECT (SELECT min(q.pool) FROM queue q WHERE q.stage = 'ready' AND q.pool > waiting.pool)
       FROM waiting WHERE waiting.pool IS NOT NULL
     )
     SELECT pool, 1 AS is_due FROM running WHERE pool IS NOT NULL AND EXISTS (
       SELECT 1 FROM queue q WHERE q.stage = 'claimed' AND q.pool = running.pool AND q.due_at <= $1)
     UNION ALL SELECT pool, 0 AS is_due FROM waiting WHERE pool IS NOT NULL`,
    [nowMs],
  )
  const of = (isDue: number) => rows.filter((row) => row.is_due === isDue).map(({ pool }) => pool)
  return { due: of(1), ready: of(0) }
}
