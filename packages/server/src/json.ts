import { hash } from 'node:crypto'
import { ClipiaError } from './errors.ts'

/** Any value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

const MAX_DEPTH = 64

/**
 * JSON with sorted keys, so that equal values have equal text whatever order a client writes its fields in. Refuses
 * what is nested deeper than 64 levels, before recursion could exhaust the stack.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) {
    throw new ClipiaError('invalid_request', `the body is nested deeper than ${MAX_DEPTH} levels`)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field, depth + 1)}`)
  return `{${fields.join(',')}}`
}

/** SHA-256 in hex of the canonical JSON: equal for equal values. */
export function hashJson(value: unknown): string {
  return hash('sha256', canonicalJson(value))
}
