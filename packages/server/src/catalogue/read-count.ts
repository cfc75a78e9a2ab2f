import { divideDecimal } from './decimal.ts'
import type { CountRule, Parameter } from './model.ts'
import type { Field } from './model-document.ts'
import { countRange } from './price-bounds.ts'
import { findPriced, type PriceContext } from './price-context.ts'

const UNIT = /^[a-z][a-z -]*$/
const MAX_PER = 1_000_000

/** Reads one parameter of `counts`: a number within bounds, or a text, that is never 0 or empty by accident. */
export function readCount(context: PriceContext, { name, key, value }: Field): CountRule | null {
  const { document } = context
  const what = `price: counts: ${name}`
  const parameter = findPriced(context, key, name, 'price: counts')
  const fields = document.readMap(value, what, ['unit', 'per', 'round'])
  if (fields === null) return null
  const unitNode = document.need(fields, 'unit', value, what)
  const unit = unitNode && document.readText(unitNode, `${what}: unit`, 30, UNIT)
  const perField = fields.get('per')
  const per = perField ? document.readInteger(perField.value, `${what}: per`, 1, MAX_PER) : 1
  const roundField = fields.get('round')
  const rounding = roundField
    ? document.readWord(roundField.value, `${what}: round`, ['exact', 'up'] as const)
    : 'exact'
  if (parameter === null || unit === null || per === null || rounding === null) return null
  if (rounding === 'exact' && divideDecimal({ digits: 1n, scale: 0 }, per) === null) {
    return document.note(perField?.value ?? value, `${what}: per ${per} needs round: up, a part of it is no decimal`)
  }
  const problem = whyNotCountable(parameter, context.isFree)
  return problem === null ? { param: name, unit, per, rounding } : document.note(key, `${what} ${problem}`)
}

function whyNotCountable(parameter: Parameter, isFree: boolean): string | null {
  const range = countRange(parameter)
  if (range === null) return 'must be a number with an enum, or with minimum and maximum, or a text'
  if (range.least < 0) return 'must not take negative numbers'
  if (range.least === 0 && !isFree) {
    return parameter.type === 'string'
      ? 'must have min_length: 1, or an empty text is free'
      : 'must have a minimum above 0, or 0 of them are free'
  }
  return null
}
