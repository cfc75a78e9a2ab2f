import { parseExpression } from '../expressions/expression.ts'
import type { JsonValue } from '../json.ts'
import type { Field, Fields, ModelDocument } from './model-document.ts'
import type { DeclaredParameters } from './read-parameters.ts'
import type { InputMapping } from './route.ts'

/** Reads `input` of a route: how the model's input becomes the provider's. */
export function readInputMapping(
  document: ModelDocument,
  field: Field | undefined,
  parameters: DeclaredParameters | null,
): InputMapping | null {
  const fields = field && document.readMap(field.value, 'input', ['omit', 'rename', 'set', 'compute'])
  if (!fields) return null
  return {
    omit: readOmit(document, fields.get('omit'), parameters),
    rename: readTexts(document, fields, 'rename', (name, given) => {
      if (parameters !== null && !parameters.has(name))
        document.note(given.key, `rename: there is no parameter ${name}`)
      return null
    }),
    set: readSet(document, fields.get('set')),
    compute: readTexts(document, fields, 'compute', (_name, _given, text) => mistakeOf(text)),
  }
}

function readOmit(
  document: ModelDocument,
  field: Field | undefined,
  parameters: DeclaredParameters | null,
): readonly string[] {
  const names: string[] = []
  for (const item of (field && document.readList(field.value, 'omit')) ?? []) {
    const name = document.readText(item, 'omit', 64)
    if (name === null) continue
    if (parameters !== null && !parameters.has(name)) document.note(item, `omit: there is no parameter ${name}`)
    names.push(name)
  }
  return names
}

function readTexts(
  document: ModelDocument,
  fields: Fields,
  what: string,
  findMistake: (name: string, field: Field, text: string) => string | null,
): Record<string, string> {
  const texts: Record<string, string> = {}
  const field = fields.get(what)
  const map = field && document.readMap(field.value, what)
  for (const each of map?.values() ?? []) {
    const text = document.readText(each.value, `${what}: ${each.name}`, 4000)
    if (text === null) continue
    const mistake = findMistake(each.name, each, text)
    if (mistake !== null) document.note(each.value, `${what}: ${each.name}: ${mistake}`)
    texts[each.name] = text
  }
  return texts
}

function readSet(document: ModelDocument, field: Field | undefined): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = {}
  const map = field && document.readMap(field.value, 'set')
  for (const { name, value } of map?.values() ?? []) values[name] = document.readJson(value, `set: ${name}`) ?? null
  return values
}

function mistakeOf(expression: string): string | null {
  try {
    parseExpression(expression)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
