import type { Transaction } from '../database/database.ts'
import { toMicro } from './amount.ts'

/** What the sandbox gives itself besides what is missing, so that its ledger is not mostly grants. */
const SPARE = toMicro(1_000)

/**
 * Lets the sandbox pay for itself: grants its shadow balance what a request of `cost` micro-credits needs, where it has
 * less. It is a ledger like any other, but never refuses.
 */
export async function topUpSandbox(tx: Transaction, accountId: string, cost: number, nowMs: number): Promise<void> {
  const amount = cost + SPARE
  const [balance] = await tx.query<{ balance: number; last_seq: number }>(
    `UPDATE balances SET balance = balance + $3, last_seq = last_seq + 1
     WHERE account_id = $1 AND mode = 'test' AND balance < $2 RETURNING balance, last_seq`,
    [accountId, cost, amount],
  )
  if (balance === undefined) return
  await tx.query(
    `INSERT INTO ledger_entries (account_id, mode, seq, kind, amount, balance_after, note, created_at)
     VALUES ($1, 'test', $2, 'grant', $3, $4, 'The sandbox pays for itself.', $5)`,
    [accountId, balance.last_seq, amount, balance.balance, nowMs],
  )
}
