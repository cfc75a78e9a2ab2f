import type { PriceBreakdown } from '@clipia/contract'
import type { JsonValue } from '../json.ts'
import { countCharacters } from './characters.ts'
import {
  ceilDecimal,
  type Decimal,
  decimalFromNumber,
  decimalToNumber,
  divideDecimal,
  formatDecimal,
  multiplyDecimals,
} from './decimal.ts'
import { type CountRule, type Model, type NormalizedInput, type PriceRule, priceKey } from './model.ts'

/** The dearest price a model may have, in credits; it is a safe integer in micro-credits too. */
export const MAX_PRICE_CREDITS = 1_000_000_000

/** What a generation costs, and why. */
export interface Price {
  /** Whole credits, a safe integer. */
  readonly credits: number
  readonly breakdown: PriceBreakdown
}

/**
 * The price of a normalised input: exact arithmetic, rounded up to a whole credit once, at the end. It depends on
 * nothing but the model and the input. Throws a plain RangeError for an input that was not normalised for this model.
 */
export function priceOf(model: Model, input: NormalizedInput): Price {
  const { price } = model
  const base = startOf(price, input)
  let exact = base
  const factors: PriceBreakdown['factors'] = []
  for (const [param, byValue] of price.multipliers) {
    const value = pricedValue(input, param)
    const factor = byValue.get(priceKey([value]))
    if (factor === undefined) throw unpriced(param)
    exact = multiplyDecimals(exact, factor)
    factors.push({ param, value, factor: decimalToNumber(factor) })
  }
  const counts: PriceBreakdown['counts'] = []
  for (const rule of price.counts) {
    const amount = amountOf(rule, pricedValue(input, rule.param))
    exact = multiplyDecimals(exact, amount)
    counts.push({ param: rule.param, value: decimalToNumber(amount), unit: unitOf(rule) })
  }
  const credits = Number(ceilDecimal(exact))
  if (credits > MAX_PRICE_CREDITS) throw new RangeError(`${model.slug} has no price above ${MAX_PRICE_CREDITS} credits`)
  const chosen = price.start.kind === 'table' ? { base_for: pick(input, price.start.by) } : {}
  const breakdown = { base: decimalToNumber(base), ...chosen, factors, counts, exact: formatDecimal(exact), credits }
  return { credits, breakdown }
}

/** How many portions of its unit a value is paid as: seconds, images, thousands of characters. */
function amountOf(rule: CountRule, value: JsonValue): Decimal {
  const quantity = decimalFromNumber(typeof value === 'string' ? countCharacters(value) : Number(value))
  if (rule.rounding === 'up') return { digits: ceilDecimal(quantity, rule.per), scale: 0 }
  const amount = divideDecimal(quantity, rule.per)
  if (amount === null) throw unpriced(rule.param)
  return amount
}

/** What one portion is called: `second`, `1000 characters`. */
function unitOf(rule: CountRule): string {
  return rule.per === 1 ? rule.unit : `${rule.per} ${rule.unit}s`
}

function startOf(price: PriceRule, input: NormalizedInput): Decimal {
  const { start } = price
  if (start.kind === 'base') return start.credits
  const credits = start.credits.get(priceKey(start.by.map((param) => pricedValue(input, param))))
  if (credits === undefined) throw unpriced(start.by.join(', '))
  return credits
}

function pick(input: NormalizedInput, params: readonly string[]): Record<string, string | number | boolean> {
  return Object.fromEntries(params.map((param) => [param, pricedValue(input, param)]))
}

function pricedValue(input: NormalizedInput, param: string): string | number | boolean {
  const value = Object.hasOwn(input, param) ? input[param] : undefined
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  throw unpriced(param)
}

function unpriced(param: string): RangeError {
  return new RangeError(`the input was not normalised for this model: no price for ${param}`)
}
