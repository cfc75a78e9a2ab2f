import type { JsonValue } from '../json.ts'
import { PARAMETER_TYPES, type Parameter, type ParameterType, type ValueRule } from './model.ts'
import type { Field, Fields, ModelDocument, YamlNode } from './model-document.ts'
import { normalizeValue } from './normalize-value.ts'
import { readEnum, readRange } from './read-range.ts'

/** Longest text of a parameter that names no `max_length`, in characters. */
const DEFAULT_MAX_LENGTH = 10_000
const DEFAULT_MAX_URL_LENGTH = 8192
const DEFAULT_MAX_ITEMS = 16

const NAME = /^[a-z][a-z0-9_]*$/
const ITEM_TYPES = ['string', 'number', 'integer', 'boolean'] as const

const FIELDS_BY_TYPE: Record<ParameterType, readonly string[]> = {
  string: ['enum', 'min_length', 'max_length', 'format'],
  number: ['enum', 'minimum', 'maximum'],
  integer: ['enum', 'minimum', 'maximum'],
  boolean: [],
  array: ['items', 'min_items', 'max_items'],
  object: [],
}

/** The parameters a file declares, in its order; null stands for one whose mistakes are noted already. */
export type DeclaredParameters = ReadonlyMap<string, Parameter | null>

/** Reads the map `parameters` of a model file. */
export function readParameters(document: ModelDocument, node: YamlNode): DeclaredParameters | null {
  const fields = document.readMap(node, 'parameters')
  if (fields === null) return null
  return new Map([...fields.values()].map((field) => [field.name, readParameter(document, field)]))
}

function readParameter(document: ModelDocument, { name, key, value }: Field): Parameter | null {
  if (!NAME.test(name) || name.length > 64 || name === 'constructor') {
    return document.note(key, 'a parameter must be named like num_images: small letters, digits and _')
  }
  const fields = document.readMap(value, name)
  const rule = fields && readRule(document, fields, value, name, PARAMETER_TYPES, ['required', 'default'])
  if (fields === null || rule === null) return null
  const mistakesBefore = document.mistakes.length
  const required = fields.get('required')
  const isRequired = required !== undefined && document.readBoolean(required.value, `${name}: required`) === true
  const byDefault = readDefault(document, fields.get('default'), rule, name)
  if (isRequired && byDefault !== undefined) {
    document.note(fields.get('default')?.key ?? value, `${name} has a default, so it cannot be required`)
  }
  if (document.mistakes.length > mistakesBefore) return null
  return { name, required: isRequired, ...rule, ...(byDefault !== undefined && { default: byDefault }) }
}

function readRule(
  document: ModelDocument,
  fields: Fields,
  parent: YamlNode,
  what: string,
  types: readonly ParameterType[],
  moreFields: readonly string[],
): ValueRule | null {
  const typeNode = document.need(fields, 'type', parent, what)
  const type = typeNode && document.readWord(typeNode, `${what}: type`, types)
  if (type === null) return null
  const mistakesBefore = document.mistakes.length
  document.limitFields(fields, `${what}, a parameter of type ${type},`, [
    'type',
    'description',
    ...moreFields,
    ...FIELDS_BY_TYPE[type],
  ])
  const description = fields.get('description')
  const text = description && document.readText(description.value, `${what}: description`, 1000)
  const bounds = readBounds(document, fields, parent, what, type)
  if (document.mistakes.length > mistakesBefore) return null
  return { type, ...(text && { description: text }), ...bounds }
}

function readBounds(
  document: ModelDocument,
  fields: Fields,
  parent: YamlNode,
  what: string,
  type: ParameterType,
): Partial<ValueRule> {
  const list = fields.get('enum')
  if (list !== undefined) {
    const extra = ['minimum', 'maximum', 'min_length', 'max_length', 'format'].find((name) => fields.has(name))
    if (extra !== undefined)
      document.note(fields.get(extra)?.key ?? parent, `${what}: enum leaves no room for ${extra}`)
    return { enum: readEnum(document, list.value, what, type) ?? [] }
  }
  switch (type) {
    case 'string':
      return readTextBounds(document, fields, what)
    case 'number':
    case 'integer': {
      const { least, most } = readRange(document, fields, what, ['minimum', 'maximum'], type)
      return { ...(least !== undefined && { minimum: least }), ...(most !== undefined && { maximum: most }) }
    }
    case 'array': {
      const { least, most = DEFAULT_MAX_ITEMS } = readRange(document, fields, what, ['min_items', 'max_items'], 'count')
      const itemNode = document.need(fields, 'items', parent, what)
      const itemFields = itemNode && document.readMap(itemNode, `${what}: items`)
      const items = itemFields && readRule(document, itemFields, itemNode, `${what}: items`, ITEM_TYPES, [])
      return { ...(least !== undefined && { minItems: least }), maxItems: most, ...(items && { items }) }
    }
    default:
      return {}
  }
}

function readTextBounds(document: ModelDocument, fields: Fields, what: string): Partial<ValueRule> {
  const formatNode = fields.get('format')
  const format = formatNode && document.readWord(formatNode.value, `${what}: format`, ['uri'])
  const { least, most } = readRange(document, fields, what, ['min_length', 'max_length'], 'count')
  return {
    ...(least !== undefined && { minLength: least }),
    maxLength: most ?? Math.max(format === 'uri' ? DEFAULT_MAX_URL_LENGTH : DEFAULT_MAX_LENGTH, least ?? 0),
    ...(format && { format }),
  }
}

function readDefault(
  document: ModelDocument,
  field: Field | undefined,
  rule: ValueRule,
  name: string,
): JsonValue | undefined {
  if (field === undefined) return undefined
  const value = document.readJson(field.value, `${name}: default`)
  if (value === undefined) return undefined
  try {
    return normalizeValue(rule, value, `${name}: default`, () => null)
  } catch (error) {
    document.note(field.value, error instanceof Error ? error.message : String(error))
    return undefined
  }
}
