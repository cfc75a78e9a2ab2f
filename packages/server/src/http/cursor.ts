import { ClipiaError } from '../errors.ts'
import { isId } from '../generations/get-generation.ts'

/** The cursor of a page that ends at an id: opaque to clients, so that what it holds may change. */
export function toCursor(lastId: string): string {
  return Buffer.from(lastId).toString('base64url')
}

/** The id a page begins after; null for the first page. Throws `invalid_request` for what no page gave out. */
export function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const id = Buffer.from(cursor, 'base64url').toString()
  if (isId(id) && toCursor(id) === cursor) return id
  throw new ClipiaError('invalid_request', 'cursor must be the next_cursor of a page', { param: 'cursor' })
}
