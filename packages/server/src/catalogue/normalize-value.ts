import { ClipiaError } from '../errors.ts'
import type { JsonValue } from '../json.ts'
import { countCharacters } from './characters.ts'
import { describeRule, describeValue } from './describe-rule.ts'
import type { ValueRule } from './model.ts'
import { normalizeObject } from './normalize-object.ts'

/** Says why a URL may not be used as an input, as a text to stand after the field's name and a colon; null if it may. */
export type UrlCheck = (url: string) => string | null

/**
 * The value as it is priced and rendered, or an error `model_input_invalid` that names `label` and what is allowed.
 * Nothing is converted; only -0 becomes 0.
 */
export function normalizeValue(rule: ValueRule, value: unknown, label: string, checkUrl: UrlCheck): JsonValue {
  switch (rule.type) {
    case 'string':
      return normalizeString(rule, value, label, checkUrl)
    case 'integer':
    case 'number':
      return normalizeNumber(rule, value, label)
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(rule, value, label)
    case 'array':
      return normalizeArray(rule, value, label, checkUrl)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? normalizeObject(value, label)
        : refuse(rule, value, label)
  }
}

function normalizeString(rule: ValueRule, value: unknown, label: string, checkUrl: UrlCheck): string {
  if (typeof value !== 'string') return refuse(rule, value, label)
  if (rule.enum !== undefined) return rule.enum.includes(value) ? value : refuse(rule, value, label)
  const length = countCharacters(value)
  const least = rule.minLength ?? 0
  // A data: URL holds its picture; the bound of the whole body bounds it.
  const isData = rule.format === 'uri' && /^data:/i.test(value)
  const most = isData ? Number.POSITIVE_INFINITY : (rule.maxLength ?? Number.POSITIVE_INFINITY)
  if (length < least) throw invalid(label, `must have at least ${characters(least)}, it has ${length}`)
  if (length > most) throw invalid(label, `must have at most ${characters(most)}, it has ${length}`)
  if (!value.isWellFormed()) throw invalid(label, 'must be well-formed Unicode, it has half of a surrogate pair')
  if (value.includes('\0')) throw invalid(label, 'must not have a NUL character')
  if (rule.format === 'uri') {
    const reason = checkUrl(value)
    if (reason !== null) throw new ClipiaError('model_input_invalid', `${label}: ${reason}`, { param: label })
  }
  return value
}

function normalizeNumber(rule: ValueRule, value: unknown, label: string): number {
  const isNumber = rule.type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)
  if (typeof value !== 'number' || !isNumber) return refuse(rule, value, label)
  const number = value === 0 ? 0 : value
  if (rule.enum !== undefined && !rule.enum.includes(number)) return refuse(rule, value, label)
  if (rule.minimum !== undefined && number < rule.minimum) return refuse(rule, value, label)
  if (rule.maximum !== undefined && number > rule.maximum) return refuse(rule, value, label)
  return number
}

function normalizeArray(rule: ValueRule, value: unknown, label: string, checkUrl: UrlCheck): JsonValue[] {
  const { items } = rule
  if (!Array.isArray(value) || items === undefined) return refuse(rule, value, label)
  const least = rule.minItems ?? 0
  const most = rule.maxItems ?? Number.POSITIVE_INFINITY
  if (value.length < least) throw invalid(label, `must have at least ${things(least, 'item')}, it has ${value.length}`)
  if (value.length > most) throw invalid(label, `must have at most ${things(most, 'item')}, it has ${value.length}`)
  return Array.from(value, (item: unknown, index) => normalizeValue(items, item, `${label}[${index}]`, checkUrl))
}

function refuse(rule: ValueRule, value: unknown, label: string): never {
  throw invalid(label, `must be ${describeRule(rule)}, got ${describeValue(value)}`)
}

function invalid(label: string, message: string): ClipiaError {
  return new ClipiaError('model_input_invalid', `${label} ${message}`, { param: label })
}

function characters(count: number): string {
  return things(count, 'character')
}

function things(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
