import type { jsonSchemaValidator } from '@modelcontextprotocol/server'
import { Ajv, type ErrorObject } from 'ajv'

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })

/** Checks what comes to and from tools; a refusal names every field that is wrong and what is allowed. */
export const ARGUMENT_VALIDATOR: jsonSchemaValidator = {
  getValidator<T>(schema: object) {
    const validate = ajv.compile<T>(schema)
    return (input: unknown) => {
      if (validate(input)) return { valid: true, data: input, errorMessage: undefined }
      const faults = (validate.errors ?? []).map((error) => wordFault(error, Object.keys(propertiesOf(schema))))
      return { valid: false, data: undefined, errorMessage: `${faults.join('; ')}. Nothing was done.` }
    }
  },
}

function wordFault({ keyword, instancePath, params, message }: ErrorObject, declared: readonly string[]): string {
  const field = instancePath.slice(1).replaceAll('/', '.')
  if (keyword === 'additionalProperties') {
    const takes = declared.length === 0 ? 'no arguments' : declared.join(', ')
    return `unknown argument ${String(params.additionalProperty)}; this takes ${takes}`
  }
  if (keyword === 'required') return `${String(params.missingProperty)} is missing`
  if (keyword === 'enum') return `${field} must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  return `${field} ${message ?? 'is wrong'}`.trim()
}

function propertiesOf(schema: object): object {
  return 'properties' in schema && typeof schema.properties === 'object' ? Object(schema.properties) : {}
}
