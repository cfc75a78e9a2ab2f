import { ClipiaError } from '../errors.ts'
import type { JsonValue } from '../json.ts'
import { clip } from './characters.ts'
import { describeValue } from './describe-rule.ts'
import type { Model, NormalizedInput, Parameter } from './model.ts'
import { normalizeValue, type UrlCheck } from './normalize-value.ts'

/**
 * The one form of an input that is priced, stored and rendered: only declared fields, in their declared order, defaults
 * filled in. The same for everything that means the same, and unchanged when normalised again.
 *
 * Throws `invalid_request` (param `input`) when it is no object, otherwise `model_input_invalid` for the first field to
 * blame: unknown, missing, of another type, not allowed. Optional fields without default stay absent; null is not absence.
 */
export function normalizeInput(model: Model, rawInput: unknown, { checkUrl }: { checkUrl: UrlCheck }): NormalizedInput {
  if (typeof rawInput !== 'object' || rawInput === null || Array.isArray(rawInput)) {
    const got = rawInput === undefined ? 'nothing' : describeValue(rawInput)
    throw new ClipiaError('invalid_request', `input must be an object, got ${got}`, { param: 'input' })
  }
  refuseUnknownFields(model, rawInput)
  const input: Record<string, JsonValue> = {}
  for (const parameter of model.parameters.values()) {
    const { name } = parameter
    const given: unknown = Object.hasOwn(rawInput, name) ? Reflect.get(rawInput, name) : undefined
    const value = given === undefined ? defaultOf(parameter) : normalizeValue(parameter, given, name, checkUrl)
    if (value !== undefined) input[name] = value
  }
  for (const group of model.requireOneOf) {
    if (!group.some((name) => isFilled(input[name]))) {
      throw new ClipiaError('model_input_invalid', `one of ${group.join(', ')} is required`, { param: group[0] })
    }
  }
  return input
}

function refuseUnknownFields(model: Model, rawInput: object): void {
  for (const field of Object.keys(rawInput)) {
    if (model.parameters.has(field)) continue
    const allowed = [...model.parameters.keys()].join(', ') || 'no fields'
    const name = clip(field)
    throw new ClipiaError('model_input_invalid', `unknown field ${name}; ${model.slug} takes ${allowed}`, {
      param: name,
    })
  }
}

function defaultOf(parameter: Parameter): JsonValue | undefined {
  if (parameter.required) {
    throw new ClipiaError('model_input_invalid', `${parameter.name} is required`, { param: parameter.name })
  }
  const value = parameter.default
  return typeof value === 'object' ? structuredClone(value) : value
}

function isFilled(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}
