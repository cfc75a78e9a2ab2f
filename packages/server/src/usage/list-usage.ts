import type { Database } from '../database/database.ts'
import { usageDayOf } from './usage-day.ts'

/** Live usage of a model by a key on a day (days since the epoch, UTC); amounts in micro-credits. */
export interface UsageRow {
  day: number
  model: string
  keyId: string
  keyName: string
  requests: number
  completed: number
  failed: number
  canceled: number
  /** What was charged, less refunds. */
  spent: number
}

/** Lists an account's usage of the last `days` days, today included, newest first. */
export async function listUsage(
  database: Database,
  accountId: string,
  { days, nowMs }: { days: number; nowMs: number },
): Promise<UsageRow[]> {
  const rows = await database.read<Omit<UsageRow, 'keyId' | 'keyName'> & { key_id: string; key_name: string }>(
    `SELECT u.day, u.model, u.key_id, k.name AS key_name, u.requests, u.completed, u.failed, u.canceled,
       u.charged - u.refunded AS spent
     FROM usage_days u JOIN api_keys k ON k.key_id = u.key_id
     WHERE u.account_id = $1 AND u.day > $2 ORDER BY u.day DESC, u.model, k.name, u.key_id`,
    [accountId, usageDayOf(nowMs) - days],
  )
  return rows.map(({ key_id, key_name, ...row }) => ({ ...row, keyId: key_id, keyName: key_name }))
}
