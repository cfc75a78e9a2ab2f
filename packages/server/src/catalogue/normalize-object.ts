import { ClipiaError } from '../errors.ts'
import type { JsonValue } from '../json.ts'
import { countCharacters } from './characters.ts'

const MAX_DEPTH = 8
const MAX_VALUES = 1000
const MAX_TEXT_CHARACTERS = 10_000

interface Budget {
  values: number
  label: string
}

/**
 * A copy of a free-form JSON object: at most 8 levels deep, 1,000 values, 10,000 characters a text or key, and no key
 * `__proto__`. The error names the parameter as a whole.
 */
export function normalizeObject(value: object, label: string): JsonValue {
  return copyObject(value, 1, { values: MAX_VALUES, label })
}

function copyObject(value: object, depth: number, budget: Budget): JsonValue {
  const copy: Record<string, JsonValue> = {}
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw refusal(budget, 'must not have a field named __proto__')
    const field: unknown = Reflect.get(value, key)
    copy[copyText(key, budget)] = copyValue(field, depth, budget)
  }
  return copy
}

function copyValue(value: unknown, depth: number, budget: Budget): JsonValue {
  budget.values -= 1
  if (budget.values < 0) throw refusal(budget, `must hold at most ${MAX_VALUES} values in all`)
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return copyText(value, budget)
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  if (typeof value !== 'object') throw refusal(budget, 'must hold only JSON values and numbers that are not too large')
  if (depth >= MAX_DEPTH) throw refusal(budget, `must be nested at most ${MAX_DEPTH} levels deep`)
  if (!Array.isArray(value)) return copyObject(value, depth + 1, budget)
  return Array.from(value, (item: unknown) => copyValue(item, depth + 1, budget))
}

function copyText(text: string, budget: Budget): string {
  if (countCharacters(text) > MAX_TEXT_CHARACTERS) {
    throw refusal(budget, `must hold texts of at most ${MAX_TEXT_CHARACTERS} characters`)
  }
  if (!text.isWellFormed() || text.includes('\0')) throw refusal(budget, 'must hold well-formed texts without NUL')
  return text
}

function refusal(budget: Budget, message: string): ClipiaError {
  return new ClipiaError('model_input_invalid', `${budget.label} ${message}`, { param: budget.label })
}
