import type { Pricing } from '@clipia/contract'
import type { JsonValue } from '../json.ts'
import { compareDecimals, type Decimal, decimalFromNumber, decimalToNumber, multiplyDecimals } from './decimal.ts'
import { type Model, type NormalizedInput, type Parameter, type PriceRule, priceKey } from './model.ts'
import { priceOf } from './price.ts'

const ZERO: Decimal = { digits: 0n, scale: 0 }

/**
 * What the catalogue says about a model's price: the price with the defaults; a priced field without default is taken at
 * its first value, its minimum, or one portion of text, and the note says so. Multipliers of a table are derived from it
 * around the same values and rounded to six digits; nothing is ever priced by them.
 */
export function pricingOf(model: Model): Pricing {
  const { price } = model
  const { input, assumed } = exampleOf(model)
  const { credits, breakdown } = priceOf(model, input)
  const table = tableFactors(price, input)
  const remarks = [
    price.note,
    assumed.length > 0 ? `credits is for ${assumed.join(' and ')}.` : undefined,
    table.isExact ? undefined : 'The multipliers are rounded; an estimate gives the exact price.',
  ].filter((remark) => remark !== undefined)
  return {
    credits,
    credits_base: breakdown.base,
    multipliers: Object.fromEntries([...table.multipliers, ...ownFactors(price)]),
    ...(price.counts.length > 0 && { counts: price.counts.map((count) => ({ ...count })) }),
    ...(remarks.length > 0 && { note: remarks.join(' ') }),
  }
}

/** An input with the priced fields only, and what was assumed for those without default. */
function exampleOf({ price, parameters }: Model): { input: NormalizedInput; assumed: string[] } {
  const input: Record<string, JsonValue> = {}
  const assumed: string[] = []
  const portions = new Map(price.counts.map(({ param, per }) => [param, per]))
  const table = price.start.kind === 'table' ? price.start.by : []
  for (const param of new Set([...table, ...price.multipliers.keys(), ...portions.keys()])) {
    const parameter = parameters.get(param)
    if (parameter === undefined) continue
    const value = parameter.default ?? firstValueOf(parameter, portions.get(param) ?? 1)
    input[param] = value
    if (parameter.default === undefined) {
      assumed.push(`${param} ${typeof value === 'string' && !parameter.enum ? `of ${value.length} characters` : value}`)
    }
  }
  return { input, assumed }
}

function firstValueOf(parameter: Parameter, portion: number): string | number | boolean {
  if (parameter.type === 'boolean') return false
  if (parameter.type === 'string' && parameter.enum === undefined) {
    return 'x'.repeat(Math.min(Math.max(portion, parameter.minLength ?? 0), parameter.maxLength ?? portion))
  }
  return parameter.enum?.[0] ?? parameter.minimum ?? 1
}

function ownFactors({ multipliers }: PriceRule): [string, Record<string, number>][] {
  return Array.from(multipliers, ([param, factors]) => [
    param,
    Object.fromEntries(Array.from(factors, ([value, factor]) => [value, decimalToNumber(factor)])),
  ])
}

interface TableFactors {
  readonly multipliers: readonly (readonly [string, Record<string, number>])[]
  /** Whether every price of the table is its factors times the base, exactly. */
  readonly isExact: boolean
}

/** For each parameter of a table: the price of each value by that of the example's, the other parameters as in it. */
function tableFactors({ start }: PriceRule, example: NormalizedInput): TableFactors {
  if (start.kind === 'base') return { multipliers: [], isExact: true }
  const here = start.by.map((param) => priceKey([example[param] ?? null]))
  const base = start.credits.get(priceKey(here)) ?? ZERO
  let isExact = start.by.length === 1
  const multipliers = start.by.map((param, position) => {
    const factors: [string, number][] = []
    for (const [key, credits] of start.credits) {
      const path = key.split('\n')
      if (!path.every((value, index) => index === position || value === here[index])) continue
      const ratio = roundedRatio(credits, base)
      isExact &&= compareDecimals(multiplyDecimals(decimalFromNumber(ratio), base), credits) === 0
      factors.push([path[position] ?? '', ratio])
    }
    return [param, Object.fromEntries(factors)] as const
  })
  return { multipliers, isExact }
}

function roundedRatio(part: Decimal, whole: Decimal): number {
  if (compareDecimals(whole, ZERO) === 0) return 1
  return Number((decimalToNumber(part) / decimalToNumber(whole)).toPrecision(6))
}
