import { Ajv } from 'ajv'
import fastJsonStringify, { type Schema } from 'fast-json-stringify'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'

/** A check of Ajv: what is wrong is left on the function, where Fastify looks for it. */
interface Check {
  (data: unknown): boolean
  errors?: FastifySchemaValidationError[] | null
}

/**
 * Sets how a server checks what comes and words what it answers. Bodies are checked strictly; what comes as text (paths,
 * queries, headers) is converted to the type it must have.
 *
 * A schema is compiled when it is needed first, and once for all routes that share it: of the hundreds there are, a
 * process that starts needs none, and most need few.
 */
export function useCompilers(app: FastifyInstance): void {
  const options = { removeAdditional: false, useDefaults: true, strict: false, validateFormats: false } as const
  const strict = new Ajv(options)
  const coercing = new Ajv({ ...options, coerceTypes: true })
  app.setValidatorCompiler<object>(({ schema, httpPart }) =>
    checkLazily(() => (httpPart === 'body' ? strict : coercing).compile(schema)),
  )
  const worders = new WeakMap<object, (data: unknown) => string>()
  const compileWorder = (schema: Schema) => {
    const worder = worders.get(schema) ?? fastJsonStringify(schema)
    worders.set(schema, worder)
    return worder
  }
  app.setSerializerCompiler<Schema>(({ schema }) => {
    let word: ((data: unknown) => string) | null = null
    return (data) => {
      word ??= compileWorder(schema)
      return word(data)
    }
  })
}

function checkLazily(compile: () => Check): Check {
  let compiled: Check | null = null
  const check: Check = (data) => {
    compiled ??= compile()
    const isRight = compiled(data)
    check.errors = compiled.errors ?? null
    return isRight
  }
  return check
}
