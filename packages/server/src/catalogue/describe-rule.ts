import { clip } from './characters.ts'
import type { ValueRule } from './model.ts'

/** What a value may be, to stand after "must be": `one of 4, 8`, `a whole number from 1 to 4`. */
export function describeRule(rule: ValueRule): string {
  if (rule.enum !== undefined) return rule.enum.length === 1 ? `${rule.enum[0]}` : `one of ${rule.enum.join(', ')}`
  switch (rule.type) {
    case 'integer':
      return `a whole number${describeRange(rule.minimum, rule.maximum)}`
    case 'number':
      return `a number${describeRange(rule.minimum, rule.maximum)}`
    case 'string':
      return rule.format === 'uri' ? 'a URL, as a string' : 'a string'
    case 'boolean':
      return 'true or false'
    case 'array':
      return `an array of ${rule.minItems ?? 0} to ${rule.maxItems} items`
    case 'object':
      return 'an object'
  }
}

/** What was sent instead, to stand after "got": the value where it is short, otherwise its type. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${clip(value, 40)}"`
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'a number that is too large'
  if (typeof value === 'boolean' || value === null) return String(value)
  return Array.isArray(value) ? 'an array' : 'an object'
}

function describeRange(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return least === most ? ` ${least}` : ` from ${least} to ${most}`
  if (least !== undefined) return ` of at least ${least}`
  return most === undefined ? '' : ` of at most ${most}`
}
