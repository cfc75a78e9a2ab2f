import { fromJsonSchema } from '@modelcontextprotocol/server'
import { ARGUMENT_VALIDATOR } from './argument-validator.ts'

/** A JSON Schema as the protocol's library takes it. Compiling it takes milliseconds: once, not in every request. */
export function toSchema(schema: object) {
  return fromJsonSchema<Record<string, unknown>>(schema as Parameters<typeof fromJsonSchema>[0], ARGUMENT_VALIDATOR)
}
