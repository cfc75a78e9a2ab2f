import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'

/** Balance and 30-day usage of an account in micro-credits; live requests only. */
export interface AccountState {
  balance: number
  reserved: number
  requests30d: number
  spent30d: number
}

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1000

/** Reads an account's balance and usage. `reserved` is part of what was spent, not of the balance. */
export async function getAccount(database: Database, accountId: string, nowMs: number): Promise<AccountState> {
  const rows = await database.read<{ balance: number; reserved: number; requests: number; spent: number }>(
    `SELECT b.balance, b.reserved, u.requests, u.spent
     FROM balances b, (
       SELECT count(*) AS requests, CAST(coalesce(sum(cost - refunded), 0) AS BIGINT) AS spent
       FROM requests WHERE account_id = $1 AND mode = 'live' AND request_id >= $2
     ) u
     WHERE b.account_id = $1 AND b.mode = 'live'`,
    [accountId, firstUuidOf(nowMs - THIRTY_DAYS_MS)],
  )
  const row = firstOrNull(rows)
  if (row === null) throw new ClipiaError('not_found', `There is no account ${accountId}.`)
  return { balance: row.balance, reserved: row.reserved, requests30d: row.requests, spent30d: row.spent }
}

/** The smallest UUIDv7 of a moment: ids are ordered by time, so the primary index serves the range. */
function firstUuidOf(timeMs: number): string {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
