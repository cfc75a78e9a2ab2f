import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parseDocument } from 'yaml'
import { SHIPPED_FOLDER } from './test-models.ts'

const schema: unknown = JSON.parse(readFileSync(join(SHIPPED_FOLDER, 'model.schema.json'), 'utf8'))
if (typeof schema !== 'object' || schema === null) throw new Error('model.schema.json is no schema')
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema)

/** What an editor with the JSON Schema would underline in a model file. */
export function validateModelText(text: string): string[] {
  const document = parseDocument(text, { uniqueKeys: false })
  if (document.errors.length > 0) return document.errors.map(({ message }) => message)
  return validate(document.toJS()) ? [] : (validate.errors ?? []).map((error) => JSON.stringify(error))
}
