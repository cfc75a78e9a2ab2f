import { ClipiaError } from '../errors.ts'
import { isId } from '../identifiers.ts'

/** The cursor of a page that ends at an id: opaque to clients, so that what it holds may change. */
export function toCursor(lastId: string): string {
  return Buffer.from(lastId).toString('base64url')
}

/** The id a page begins after; null for the first page. Throws `invalid_request` for what no page gave out. */
export function readCursor(cursor: string | undefined): string | null {
  return read(cursor, isId)
}

/** The same for a list that is ordered by numbers. */
export function readNumberCursor(cursor: string | undefined): number | null {
  const text = read(cursor, (place) => /^\d{1,15}$/.test(place))
  return text === null ? null : Number(text)
}

function read(cursor: string | undefined, isPlace: (text: string) => boolean): string | null {
  if (cursor === undefined) return null
  const place = Buffer.from(cursor, 'base64url').toString()
  if (isPlace(place) && toCursor(place) === cursor) return place
  throw new ClipiaError('invalid_request', 'cursor must be the next_cursor of a page', { param: 'cursor' })
}

/** A page of a list, and the cursor of the next: `found` holds one row more than the page when there is one. */
export function toPage<Row>(
  found: readonly Row[],
  limit: number,
  placeOf: (row: Row) => string,
): { shown: readonly Row[]; next_cursor: string | null } {
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return { shown, next_cursor: last === undefined ? null : toCursor(placeOf(last)) }
}
