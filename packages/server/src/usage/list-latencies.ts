import type { Database } from '../database/database.ts'

/** How long completed requests of a model took from submit to end. */
export interface ModelLatency {
  model: string
  requests: number
  p50Ms: number
  p95Ms: number
}

/** The latest completed requests that are measured: bounded, so that it costs the same for every history. */
const MOST_REQUESTS = 1_000

/** Measures the latest completed live requests of an account, by model. */
export async function listLatencies(database: Database, accountId: string): Promise<ModelLatency[]> {
  const rows = await database.read<{ model: string; took_ms: number }>(
    `SELECT model, completed_at - created_at AS took_ms FROM requests
     WHERE account_id = $1 AND mode = 'live' AND output IS NOT NULL
     ORDER BY request_id DESC LIMIT ${MOST_REQUESTS}`,
    [accountId],
  )
  const byModel = Map.groupBy(rows, ({ model }) => model)
  return [...byModel]
    .map(([model, ended]) => {
      const took = ended.map(({ took_ms }) => took_ms).sort((left, right) => left - right)
      return { model, requests: took.length, p50Ms: percentile(took, 0.5), p95Ms: percentile(took, 0.95) }
    })
    .sort((left, right) => (left.model < right.model ? -1 : 1))
}

/** The smallest value that at least this share of the ascending values does not exceed. */
function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.ceil(ascending.length * share) - 1] ?? 0
}
