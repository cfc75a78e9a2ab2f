import type { Database } from '../database/database.ts'

/** What an engine has to do, over all accounts. */
export interface PoolCount {
  waiting: number
  running: number
}

/** Counts the living requests of each pool: those that wait for its engine (parked or ready) and those it has. */
export async function countByPool(database: Database): Promise<ReadonlyMap<string, PoolCount>> {
  const rows = await database.read<{ pool: string; waiting: number; running: number }>(
    `SELECT pool, sum(CASE stage WHEN 'claimed' THEN 0 ELSE 1 END) AS waiting,
       sum(CASE stage WHEN 'claimed' THEN 1 ELSE 0 END) AS running
     FROM queue GROUP BY pool`,
  )
  return new Map(rows.map(({ pool, waiting, running }) => [pool, { waiting, running }]))
}
