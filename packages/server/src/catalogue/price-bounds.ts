import { compareDecimals, type Decimal, decimalFromNumber, multiplyDecimals } from './decimal.ts'
import type { Parameter, PriceRule } from './model.ts'
import { MAX_PRICE_CREDITS } from './price.ts'

/** Why no input may be this dear; null when even the dearest has a price that can be stored. */
export function checkPriceBounds(price: PriceRule, parameters: ReadonlyMap<string, Parameter | null>): string | null {
  const { start } = price
  let dearest = start.kind === 'base' ? start.credits : highest(start.credits.values())
  for (const factors of price.multipliers.values()) dearest = multiplyDecimals(dearest, highest(factors.values()))
  for (const { param, per } of price.counts) {
    const parameter = parameters.get(param)
    const most = parameter ? (countRange(parameter)?.most ?? 0) : 0
    dearest = multiplyDecimals(dearest, decimalFromNumber(Math.ceil(most / per)))
  }
  const limit = decimalFromNumber(MAX_PRICE_CREDITS)
  return compareDecimals(dearest, limit) > 0 ? `price can rise above ${MAX_PRICE_CREDITS} credits` : null
}

/** Fewest and most units a counted parameter can have, before `per`; null for a parameter that cannot be counted. */
export function countRange(parameter: Parameter): { least: number; most: number } | null {
  const { type, minimum, maximum, minLength, maxLength } = parameter
  if (type === 'string' && parameter.enum === undefined && parameter.format === undefined && maxLength !== undefined) {
    return { least: minLength ?? 0, most: maxLength }
  }
  if (type !== 'integer' && type !== 'number') return null
  const values = parameter.enum?.map(Number)
  if (values !== undefined) return { least: Math.min(...values), most: Math.max(...values) }
  return minimum === undefined || maximum === undefined ? null : { least: minimum, most: maximum }
}

function highest(values: Iterable<Decimal>): Decimal {
  let most: Decimal = { digits: 0n, scale: 0 }
  for (const value of values) if (compareDecimals(value, most) > 0) most = value
  return most
}
