import type { Database } from '../database/database.ts'

/** What a provider said it charges for one model, summed up. */
export interface UpstreamUsage {
  engine: string
  model: string
  unit: string
  /** In the unit. */
  amount: number
  requests: number
}

const MICRO = 1_000_000

/** Sums up what providers said they charge since a moment (epoch milliseconds), by engine, model and unit. */
export async function listUpstreamUsage(database: Database, sinceMs: number): Promise<UpstreamUsage[]> {
  const rows = await database.read<Omit<UpstreamUsage, 'amount'> & { micro_amount: number }>(
    `SELECT u.engine, r.model, u.unit, CAST(sum(u.micro_amount) AS BIGINT) AS micro_amount, count(*) AS requests
     FROM upstream_usage u JOIN requests r ON r.request_id = u.request_id
     WHERE u.created_at >= $1 GROUP BY u.engine, r.model, u.unit ORDER BY u.engine, r.model, u.unit`,
    [sinceMs],
  )
  return rows.map(({ micro_amount: microAmount, ...row }) => ({ ...row, amount: microAmount / MICRO }))
}
