import type { Database } from '../database/database.ts'

/** An account with its live balance, in micro-credits. */
export interface AccountSummary {
  accountId: string
  name: string
  balance: number
  reserved: number
  createdAt: number
}

/** Lists every account, oldest first. */
export async function listAccounts(database: Database): Promise<AccountSummary[]> {
  const rows = await database.read<{
    account_id: string
    name: string
    balance: number
    reserved: number
    created_at: number
  }>(
    `SELECT a.account_id, a.name, b.balance, b.reserved, a.created_at
     FROM accounts a JOIN balances b ON b.account_id = a.account_id AND b.mode = 'live'
     ORDER BY a.created_at, a.account_id`,
  )
  return rows.map(({ account_id, created_at, ...rest }) => ({ accountId: account_id, createdAt: created_at, ...rest }))
}
