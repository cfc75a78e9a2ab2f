import { compareDecimals, type Decimal } from './decimal.ts'
import type { Parameter } from './model.ts'
import type { ModelDocument, YamlNode } from './model-document.ts'
import type { DeclaredParameters } from './read-parameters.ts'

/** What every reader of a price needs. */
export interface PriceContext {
  readonly document: ModelDocument
  readonly parameters: DeclaredParameters
  /** Whether the file says `free: true`: only then may a price be 0. */
  readonly isFree: boolean
  /** Parameters that already have a place in the price. */
  readonly used: Set<string>
}

/** The parameter that a part of the price refers to; it must have a value in every input and no other place. */
export function findPriced(context: PriceContext, node: YamlNode, name: string, what: string): Parameter | null {
  const { document, parameters, used } = context
  const parameter = parameters.get(name)
  if (parameter === undefined) return document.note(node, `${what}: there is no parameter ${name}`)
  if (used.has(name)) return document.note(node, `${what}: ${name} already has a place in the price`)
  used.add(name)
  if (parameter === null) return null
  if (!parameter.required && parameter.default === undefined) {
    return document.note(node, `${what}: ${name} must be required or have a default, or its absence has no price`)
  }
  return parameter
}

/** A number of credits or a factor; 0 only where the file says `free: true`. */
export function readPositive({ document, isFree }: PriceContext, node: YamlNode, what: string): Decimal | null {
  const credits = document.readDecimal(node, what)
  if (credits === null || isFree || compareDecimals(credits, { digits: 0n, scale: 0 }) > 0) return credits
  return document.note(node, `${what} is 0; add free: true to price if that is meant`)
}
