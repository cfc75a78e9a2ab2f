import type { CallOptions } from '../call-options.ts'
import type { Call, Transport } from './transport.ts'

/** What every list takes. */
export interface ListOptions extends CallOptions {
  /** Most entries to yield; default all there are. */
  limit?: number | undefined
  /** Entries fetched at once, 1 to 100; default 50. */
  pageSize?: number | undefined
}

interface Page<Entry> {
  data: Entry[]
  next_cursor: string | null
}

/** Yields every entry of a list, newest first; the next page is fetched when it is asked for. */
export async function* listPages<Entry>(
  transport: Transport,
  call: Call,
  { limit = Number.POSITIVE_INFINITY, pageSize = 50, ...options }: ListOptions,
): AsyncGenerator<Entry, void, undefined> {
  let cursor: string | undefined
  let left = limit
  while (left > 0) {
    const query = { ...call.query, limit: Math.min(pageSize, left), cursor }
    const { body } = await transport.json<Page<Entry>>({ ...call, ...options, query })
    yield* body.data.slice(0, left)
    left -= body.data.length
    if (body.next_cursor === null) return
    cursor = body.next_cursor
  }
}
