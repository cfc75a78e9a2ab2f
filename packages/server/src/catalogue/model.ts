import type { JsonValue } from '../json.ts'
import type { Decimal } from './decimal.ts'
import type { Route } from './route.ts'

/** What a model makes. */
export const MEDIA_TYPES = ['image', 'video', 'audio'] as const

/** One of {@link MEDIA_TYPES}. */
export type MediaType = (typeof MEDIA_TYPES)[number]

/** The JSON types a parameter can have. */
export const PARAMETER_TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const

/** One of {@link PARAMETER_TYPES}. */
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** What one value must be. Only the bounds that go with the type are present. */
export interface ValueRule {
  readonly type: ParameterType
  readonly description?: string
  /** The only values allowed; not empty, without repetition. */
  readonly enum?: readonly (string | number)[]
  readonly minimum?: number
  readonly maximum?: number
  /** In code points. */
  readonly minLength?: number
  /** In code points; present on every string without `enum`. */
  readonly maxLength?: number
  readonly format?: 'uri'
  readonly items?: ValueRule
  readonly minItems?: number
  /** Present on every array. */
  readonly maxItems?: number
}

/** One field of a model's input. A required parameter has no default. */
export interface Parameter extends ValueRule {
  readonly name: string
  readonly required: boolean
  readonly default?: JsonValue
}

/** A parameter the price is multiplied by: its number, or the number of characters of its text. */
export interface CountRule {
  readonly param: string
  /** What one of it is: `image`, `second`, `character`. */
  readonly unit: string
  /** The price is for this many units; 1 or more. */
  readonly per: number
  /** `up`: a started portion of `per` units counts as a whole one. */
  readonly rounding: 'exact' | 'up'
}

/** Where a price starts: one number, or a table by the values of parameters, keyed by {@link priceKey}. */
export type PriceStart =
  | { readonly kind: 'base'; readonly credits: Decimal }
  | { readonly kind: 'table'; readonly by: readonly string[]; readonly credits: ReadonlyMap<string, Decimal> }

/** How a model is priced: start x multipliers x counts, rounded up once. Every input that is accepted has a price. */
export interface PriceRule {
  readonly start: PriceStart
  /** Factor by parameter, then by {@link priceKey} of its value. */
  readonly multipliers: ReadonlyMap<string, ReadonlyMap<string, Decimal>>
  readonly counts: readonly CountRule[]
  readonly note?: string
}

/** A model of the catalogue: checked, complete, never changed. */
export interface Model {
  readonly slug: string
  readonly type: MediaType
  readonly name: string
  readonly description?: string
  readonly capabilities: readonly string[]
  /** By name, in the order of the model file. */
  readonly parameters: ReadonlyMap<string, Parameter>
  /** Of each group at least one parameter must be given and not be empty. */
  readonly requireOneOf: readonly (readonly string[])[]
  readonly price: PriceRule
  /** Twelve hexadecimal digits that change when a rule for its prices or inputs changes, and only then. */
  readonly priceVersion: string
  /** What can make it, the first choice first; not empty. */
  readonly routes: readonly Route[]
  /** Whether content that an engine rejects after it had accepted the job is charged all the same. */
  readonly chargesRejected: boolean
  /** How long a run may take from its first start, in milliseconds. */
  readonly runLimitMs: number
}

/** An input that {@link normalizeInput} has checked and completed; the only kind that is priced, stored and rendered. */
export type NormalizedInput = Readonly<Record<string, JsonValue>>

/** The key under which a price table holds a combination of values; values hold no control characters. */
export function priceKey(values: readonly JsonValue[]): string {
  return values.map(String).join('\n')
}
