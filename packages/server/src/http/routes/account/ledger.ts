import type { LedgerEntry, LedgerList } from '@clipia/contract'
import { toCredits } from '../../../credits/amount.ts'
import { type LedgerEntry as Entry, listLedgerPage } from '../../../credits/list-ledger.ts'
import { answerCsv, type Cell, wantsCsv } from '../../csv.ts'
import { readNumberCursor, toPage } from '../../cursor.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

const PAGE = 20

/** GET /v1/account/ledger */
export function listLedgerRoute({ database }: Services): Handler<'listLedger'> {
  return async ({ key, query, accept }) => {
    const filter = { kind: query.kind, requestId: query.request?.toLowerCase() }
    if (wantsCsv(accept)) {
      const readPage = (last: Entry | null, limit: number) =>
        listLedgerPage(database, key, { ...filter, before: last?.seq ?? null, limit })
      return answerCsv('ledger.csv', COLUMNS, readPage, (entry) => toCells(toWireEntry(entry)))
    }
    const limit = query.limit ?? PAGE
    // One more tells whether there is a next page.
    const page = { ...filter, before: readNumberCursor(query.cursor), limit: limit + 1 }
    const { shown, next_cursor } = toPage(await listLedgerPage(database, key, page), limit, ({ seq }) => String(seq))
    const body: LedgerList = { data: shown.map(toWireEntry), next_cursor }
    return { body }
  }
}

function toWireEntry(entry: Entry): LedgerEntry {
  return {
    seq: entry.seq,
    kind: entry.kind,
    credits: toCredits(entry.amount),
    balance_after: toCredits(entry.balanceAfter),
    request_id: entry.requestId,
    reference: entry.reference,
    note: entry.note,
    created_at: new Date(entry.createdAt).toISOString(),
  }
}

const COLUMNS = ['seq', 'created_at', 'kind', 'credits', 'balance_after', 'request_id', 'reference', 'note']

function toCells(entry: LedgerEntry): Cell[] {
  const { seq, created_at, kind, credits, balance_after, request_id, reference, note } = entry
  return [seq, created_at, kind, credits, balance_after, request_id, { text: reference }, { text: note }]
}
