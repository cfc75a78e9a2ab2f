import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { usageDayOf } from '../usage/usage-day.ts'

/** Balance and 30-day usage of an account in micro-credits; live requests only. */
export interface AccountState {
  balance: number
  reserved: number
  requests30d: number
  spent30d: number
}

/** Usage is told for today and this many days before it, in UTC. */
const DAYS_BEFORE = 29

/** Reads an account's balance and usage. `reserved` is part of what was spent, not of the balance. */
export async function getAccount(database: Database, accountId: string, nowMs: number): Promise<AccountState> {
  const rows = await database.read<{ balance: number; reserved: number; requests: number; spent: number }>(
    `SELECT b.balance, b.reserved, u.requests, u.spent
     FROM balances b, (
       SELECT CAST(coalesce(sum(requests), 0) AS BIGINT) AS requests,
         CAST(coalesce(sum(charged - refunded), 0) AS BIGINT) AS spent
       FROM usage_days WHERE account_id = $1 AND day >= $2
     ) u
     WHERE b.account_id = $1 AND b.mode = 'live'`,
    [accountId, usageDayOf(nowMs) - DAYS_BEFORE],
  )
  const row = firstOrNull(rows)
  if (row === null) throw new ClipiaError('not_found', `There is no account ${accountId}.`)
  return { balance: row.balance, reserved: row.reserved, requests30d: row.requests, spent30d: row.spent }
}
