import { hash } from 'node:crypto'
import { formatDecimal } from './decimal.ts'
import type { Parameter, PriceRule, ValueRule } from './model.ts'

/** Counts up when this program changes how it prices or normalises, so that every model's version changes with it. */
const RULES = 1

/**
 * Twelve hexadecimal digits over all that decides which inputs are accepted, what they become and what they cost. Texts
 * for people, the engine and the run limit do not count; the same file gives the same version on every machine.
 */
export function priceVersionOf(
  parameters: Iterable<Parameter>,
  requireOneOf: readonly (readonly string[])[],
  price: PriceRule,
): string {
  const { start, multipliers, counts } = price
  const rules = [
    RULES,
    Array.from(parameters, (parameter) => [
      parameter.name,
      parameter.required,
      'default' in parameter ? [parameter.default] : [],
      ...ruleOf(parameter),
    ]),
    requireOneOf,
    start.kind === 'base' ? formatDecimal(start.credits) : [start.by, textOf(start.credits)],
    Array.from(multipliers, ([param, factors]) => [param, textOf(factors)]),
    counts.map(({ param, per, rounding }) => [param, per, rounding]),
  ]
  return hash('sha256', JSON.stringify(rules)).slice(0, 12)
}

function ruleOf(rule: ValueRule): unknown[] {
  const { type, minimum, maximum, minLength, maxLength, minItems, maxItems, format, items } = rule
  const bounds = [rule.enum, minimum, maximum, minLength, maxLength, minItems, maxItems, format]
  return [type, ...bounds.map((bound) => bound ?? null), items === undefined ? null : ruleOf(items)]
}

function textOf(decimals: ReadonlyMap<string, Parameters<typeof formatDecimal>[0]>): [string, string][] {
  return Array.from(decimals, ([key, value]) => [key, formatDecimal(value)])
}
