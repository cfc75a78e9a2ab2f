import type { RequestEntry, RequestList } from '@clipia/contract'
import { type GenerationFilter, type ListedGeneration, listGenerations } from '../../../generations/list-generations.ts'
import { answerCsv, type Cell, wantsCsv } from '../../csv.ts'
import { readCursor, toPage } from '../../cursor.ts'
import type { Handler } from '../../handler.ts'
import { readTime } from '../../read-time.ts'
import { toPendingResult, toResult } from '../../result.ts'
import type { Services } from '../../services.ts'

const PAGE = 20

/** GET /v1/requests */
export function listRequestsRoute({ database, mediaUrl }: Services): Handler<'listRequests'> {
  const toEntry = (generation: ListedGeneration): RequestEntry => ({
    ...(toResult(generation, mediaUrl()) ?? toPendingResult(generation)),
    key_id: generation.keyId,
    scenario: generation.scenario,
  })
  return async ({ key, query, accept }) => {
    const filter: GenerationFilter = {
      status: query.status,
      model: query.model,
      keyId: query.key?.toLowerCase(),
      from: readTime('created_from', query.created_from),
      until: readTime('created_until', query.created_until),
    }
    if (wantsCsv(accept)) {
      const readPage = (last: ListedGeneration | null, limit: number) =>
        listGenerations(database, key, filter, { before: last?.requestId ?? null, limit })
      return answerCsv('requests.csv', COLUMNS, readPage, (generation) => toCells(toEntry(generation)))
    }
    const limit = query.limit ?? PAGE
    // One more tells whether there is a next page.
    const page = { before: readCursor(query.cursor), limit: limit + 1 }
    const found = await listGenerations(database, key, filter, page)
    const { shown, next_cursor } = toPage(found, limit, ({ requestId }) => requestId)
    const body: RequestList = { data: shown.map(toEntry), next_cursor }
    return { body }
  }
}

const COLUMNS = [
  'request_id',
  'status',
  'model',
  'mode',
  'key_id',
  'cost',
  'charged',
  'created_at',
  'completed_at',
  'queue_ms',
  'run_ms',
  'error_code',
  'error_message',
]

function toCells(entry: RequestEntry): Cell[] {
  return [
    entry.request_id,
    entry.status,
    entry.model,
    entry.mode,
    entry.key_id,
    entry.cost,
    entry.charged ?? null,
    entry.created_at,
    entry.completed_at ?? null,
    entry.timings?.queue_ms ?? null,
    entry.timings?.run_ms ?? null,
    entry.error?.code ?? null,
    { text: entry.error?.message ?? null },
  ]
}
