import fc from 'fast-check'
import type { Model, Parameter, ValueRule } from '../model.ts'

/** An input as a client would send it. */
export type RawInput = Record<string, unknown>

/**
 * Inputs the model accepts, derived from its parameters: every allowed value can come up, fields with a default are
 * given or left out, in any order, and `require_one_of` holds. URLs are public https URLs that nobody serves.
 */
export function arbitraryInput(model: Model): fc.Arbitrary<RawInput> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {}
  const requiredKeys: string[] = []
  for (const parameter of model.parameters.values()) {
    fields[parameter.name] = arbitraryValue(parameter)
    if (parameter.required) requiredKeys.push(parameter.name)
  }
  const inputs: fc.Arbitrary<RawInput> = fc.record(fields, { requiredKeys })
  return fc
    .tuple(inputs, fc.integer())
    .map(([input, order]) => shuffle(input, order))
    .filter((input) => model.requireOneOf.every((group) => group.some((name) => isFilled(input[name]))))
}

/** Values one parameter accepts. */
export function arbitraryValue(rule: Parameter | ValueRule): fc.Arbitrary<unknown> {
  if (rule.enum !== undefined) return fc.constantFrom(...rule.enum)
  switch (rule.type) {
    case 'integer':
      return fc.integer({ min: rule.minimum ?? -(2 ** 31), max: rule.maximum ?? 2 ** 31 - 1 })
    case 'number':
      return fc.double({ min: rule.minimum ?? -1e9, max: rule.maximum ?? 1e9, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'object':
      return fc.dictionary(fc.string({ maxLength: 8 }).filter(isPlainKey), fc.integer(), { maxKeys: 4 })
    case 'array':
      return fc.array(arbitraryValue(rule.items ?? { type: 'boolean' }), {
        minLength: rule.minItems ?? 0,
        maxLength: rule.maxItems ?? 4,
      })
    case 'string':
      return rule.format === 'uri' ? arbitraryUrl() : arbitraryText(rule.minLength ?? 0, rule.maxLength ?? 1000)
  }
}

function arbitraryUrl(): fc.Arbitrary<string> {
  return fc.nat().map((number) => `https://pictures.example/${number}.png`)
}

function arbitraryText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((text) => text !== '\0')
  return fc.array(character, { minLength, maxLength, size: 'medium' }).map((characters) => characters.join(''))
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

function isPlainKey(key: string): boolean {
  return key !== '__proto__' && !key.includes('\0')
}

function shuffle(input: RawInput, order: number): RawInput {
  const entries = Object.entries(input)
  const start = entries.length === 0 ? 0 : Math.abs(order) % entries.length
  return Object.fromEntries([...entries.slice(start), ...entries.slice(0, start)])
}
