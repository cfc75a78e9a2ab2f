import type { JsonValue } from '../json.ts'

/** A value a parameter may be compared with. */
export type ConditionValue = string | number | boolean

/** What an input must be like: a parameter has one of some values, or is given (and not empty) or not. */
export type Condition =
  | { readonly param: string; readonly values: readonly ConditionValue[] }
  | { readonly param: string; readonly isGiven: boolean }

/**
 * How the input of a model becomes the provider's. What is not named is passed on as it is; the steps are taken in the
 * order of the fields.
 */
export interface InputMapping {
  /** Parameters the provider is not told. */
  readonly omit: readonly string[]
  /** The provider's name by the parameter's. */
  readonly rename: Readonly<Record<string, string>>
  /** Fields that are always the same. */
  readonly set: Readonly<Record<string, JsonValue>>
  /** Fields computed from the model's input, as JSONata; one that comes to nothing is left out. */
  readonly compute: Readonly<Record<string, string>>
}

/** One way to make what a model makes; stored with every request that may take it. */
export interface Route {
  /** Name of the engine. */
  readonly engine: string
  /** What that engine is told besides the input, such as the provider's name of the model. */
  readonly settings: Readonly<Record<string, JsonValue>>
  /** All must hold of an input for the route to take it; empty for any input. */
  readonly when: readonly Condition[]
  /** Null where the input is passed on as it is. */
  readonly input: InputMapping | null
}

/** The first condition of a route that an input does not meet, or null when the route takes it. */
export function findUnmet(route: Route, input: Readonly<Record<string, JsonValue>>): Condition | null {
  return route.when.find((condition) => !isMet(condition, input[condition.param])) ?? null
}

/** What a parameter must be to meet a condition, to stand after its name. */
export function describeCondition(condition: Condition): string {
  if ('isGiven' in condition) return condition.isGiven ? 'must be given' : 'must be left out'
  const { values } = condition
  return `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`
}

function isMet(condition: Condition, value: JsonValue | undefined): boolean {
  if ('values' in condition) return condition.values.some((candidate) => candidate === value)
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return condition.isGiven !== isEmpty
}
