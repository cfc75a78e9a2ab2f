import type { LedgerKind, Mode } from '@clipia/contract'
import type { Database, Value } from '../database/database.ts'

/** One movement of credits; amounts in micro-credits. */
export interface LedgerEntry {
  seq: number
  kind: LedgerKind
  requestId: string | null
  amount: number
  balanceAfter: number
  reference: string | null
  note: string | null
  createdAt: number
}

/** Which part of a ledger: `limit` entries older than one (null for the newest), of one kind or request or all. */
export interface LedgerPage {
  kind?: LedgerKind | undefined
  requestId?: string | undefined
  before: number | null
  limit: number
}

interface LedgerRow {
  seq: number
  kind: LedgerKind
  request_id: string | null
  amount: number
  balance_after: number
  reference: string | null
  note: string | null
  created_at: number
}

const SELECT = `SELECT seq, kind, request_id, amount, balance_after, reference, note, created_at
  FROM ledger_entries WHERE account_id = $1 AND mode = $2`

/** Lists an account's whole live ledger, oldest first. */
export async function listLedger(database: Database, accountId: string): Promise<LedgerEntry[]> {
  const rows = await database.read<LedgerRow>(`${SELECT} ORDER BY seq`, [accountId, 'live'])
  return rows.map(toEntry)
}

/** Lists a page of the ledger of an account and mode, newest first. The ledger only grows, so pages never shift. */
export async function listLedgerPage(
  database: Database,
  { accountId, mode }: { accountId: string; mode: Mode },
  page: LedgerPage,
): Promise<LedgerEntry[]> {
  const { sql, parameters } = ledgerStatement(page)
  return (await database.read<LedgerRow>(sql, [accountId, mode, ...parameters])).map(toEntry)
}

/** The statement of a page: one text for each set of filters, so that each finds its own index; `$1` and `$2` are the owner. */
export function ledgerStatement({ kind, requestId, before, limit }: LedgerPage): { sql: string; parameters: Value[] } {
  const parameters: Value[] = [before ?? Number.MAX_SAFE_INTEGER, limit]
  const conditions = ['seq < $3']
  const add = (condition: string, value: Value) => {
    parameters.push(value)
    conditions.push(`${condition} $${parameters.length + 2}`)
  }
  // In the words of the partial index, which leaves out the charges: they are most of a ledger anyway.
  if (kind !== undefined && kind !== 'charge') conditions.push(`kind <> 'charge'`)
  if (kind !== undefined) add('kind =', kind)
  if (requestId !== undefined) add('request_id =', requestId)
  return { sql: `${SELECT} AND ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT $4`, parameters }
}

function toEntry(row: LedgerRow): LedgerEntry {
  return {
    seq: row.seq,
    kind: row.kind,
    requestId: row.request_id,
    amount: row.amount,
    balanceAfter: row.balance_after,
    reference: row.reference,
    note: row.note,
    createdAt: row.created_at,
  }
}
