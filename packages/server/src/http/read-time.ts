import { ClipiaError } from '../errors.ts'

/** ISO 8601 with a date at least; without a zone it would be read in the server's. */
const PATTERN = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i

/** A time in a query in epoch milliseconds. Throws `invalid_request` naming the parameter. */
export function readTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const timeMs = PATTERN.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(timeMs)) return timeMs
  throw new ClipiaError(
    'invalid_request',
    `${name} must be a day or a time with its zone in ISO 8601, such as 2027-01-31 or 2027-01-31T12:00:00Z.`,
    { param: name },
  )
}
