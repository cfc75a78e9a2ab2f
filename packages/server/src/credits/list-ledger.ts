import type { Database } from '../database/database.ts'

/** One movement of credits; amounts in micro-credits. */
export interface LedgerEntry {
  seq: number
  kind: 'grant' | 'charge' | 'refund'
  requestId: string | null
  amount: number
  balanceAfter: number
  reference: string | null
  note: string | null
  createdAt: number
}

/** Lists an account's live ledger, oldest first. */
export async function listLedger(database: Database, accountId: string): Promise<LedgerEntry[]> {
  const rows = await database.read<{
    seq: number
    kind: LedgerEntry['kind']
    request_id: string | null
    amount: number
    balance_after: number
    reference: string | null
    note: string | null
    created_at: number
  }>(
    `SELECT seq, kind, request_id, amount, balance_after, reference, note, created_at
     FROM ledger_entries WHERE account_id = $1 AND mode = 'live' ORDER BY seq`,
    [accountId],
  )
  return rows.map((row) => ({
    seq: row.seq,
    kind: row.kind,
    requestId: row.request_id,
    amount: row.amount,
    balanceAfter: row.balance_after,
    reference: row.reference,
    note: row.note,
    createdAt: row.created_at,
  }))
}
