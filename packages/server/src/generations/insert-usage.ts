import type { Transaction } from '../database/database.ts'
import type { Usage } from '../engines/engine.ts'

/** What an engine said it charges for a job. */
export interface ToldUsage extends Usage {
  engine: string
}

const MICRO = 1_000_000
const MOST = 1_000_000_000

/** Keeps what a provider said it charges the operator; said again, the last word counts. Nonsense is left out. */
export async function insertUsage(
  tx: Transaction,
  requestId: string,
  { engine, unit, amount }: ToldUsage,
  nowMs: number,
): Promise<void> {
  if (!(amount >= 0 && amount <= MOST)) return
  await tx.query(
    `INSERT INTO upstream_usage (request_id, engine, unit, micro_amount, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (request_id, engine, unit) DO UPDATE SET micro_amount = excluded.micro_amount`,
    [requestId, engine, unit, Math.round(amount * MICRO), nowMs],
  )
}
