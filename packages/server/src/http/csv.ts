import { Readable } from 'node:stream'
import type { Answer } from './handler.ts'

/** A cell: text of people is marked, for a spreadsheet would take some of it for a formula. */
export type Cell = string | number | null | { text: string | null }

/** Whether a caller asks for CSV rather than JSON. */
export function wantsCsv(accept: string | undefined): boolean {
  return /(^|,)\s*text\/csv\s*(;|,|$)/i.test(accept ?? '')
}

/** Rows read from the database at once. */
const PAGE = 500

/**
 * Answers a whole list as CSV (RFC 4180), read a page at a time while the client takes it. `readPage` answers a page
 * that begins behind the last row of the one before, null for the first.
 */
export function answerCsv<Row>(
  filename: string,
  columns: readonly string[],
  readPage: (last: Row | null, limit: number) => Promise<Row[]>,
  toCells: (row: Row) => readonly Cell[],
): Answer {
  async function* lines() {
    yield toLine(columns)
    for (let last: Row | null = null; ; ) {
      const rows: Row[] = await readPage(last, PAGE)
      yield rows.map((row) => toLine(toCells(row))).join('')
      last = rows.at(-1) ?? null
      if (rows.length < PAGE) return
    }
  }
  return {
    body: Readable.from(lines(), { objectMode: false }),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
    },
  }
}

function toLine(cells: readonly Cell[]): string {
  return `${cells.map(toText).join(',')}\r\n`
}

function toText(cell: Cell): string {
  if (cell === null) return ''
  const text = typeof cell === 'object' ? disarm(cell.text ?? '') : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Spreadsheets run what begins like a formula; an apostrophe makes it text. */
function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
