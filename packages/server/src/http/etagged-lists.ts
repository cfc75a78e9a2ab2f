import { type Tagged, tag } from './etag.ts'

/** Lists of the catalogue that were written and hashed before. */
export interface EtaggedLists {
  /** The list of these rows; `name` tells apart the lists that are asked for in turns. */
  of(name: string, rows: readonly string[]): Tagged
}

/**
 * Keeps the text and the ETag of each list as long as its rows are the same: writing and hashing 40 KB was
 * most of the profile of a read that answers 304. The rows are compared every time, so that a list is never older than its rows.
 */
export function createEtaggedLists(): EtaggedLists {
  const kept = new Map<string, { rows: readonly string[]; tagged: Tagged }>()
  return {
    of(name, rows) {
      const last = kept.get(name)
      if (last !== undefined && isSame(last.rows, rows)) return last.tagged
      const tagged = tag(`{"data":[${rows.join(',')}]}`)
      // Names that callers make up have no rows, and are not kept.
      if (rows.length > 0) kept.set(name, { rows, tagged })
      return tagged
    },
  }
}

/** Rows are made once a model, so that equal ones are the same text in memory, and comparing them costs nothing. */
function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((row, index) => row === right[index])
}
