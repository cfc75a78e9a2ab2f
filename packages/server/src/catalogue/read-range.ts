import { isScalar } from 'yaml'
import type { ParameterType } from './model.ts'
import type { Fields, ModelDocument, YamlNode } from './model-document.ts'

/** Two bounds of a model file; what is absent is not bounded. */
export interface Range {
  readonly least: number | undefined
  readonly most: number | undefined
}

/** Most a file may allow for a length or a number of items. */
const MAX_COUNT = 1_000_000

/** Reads a pair of bounds and refuses an empty range. `count` is for lengths, which are whole and not negative. */
export function readRange(
  document: ModelDocument,
  fields: Fields,
  what: string,
  names: readonly [string, string],
  kind: 'number' | 'integer' | 'count',
): Range {
  const [least, most] = names.map((name) => {
    const field = fields.get(name)
    return field && readBound(document, field.value, `${what}: ${name}`, kind)
  })
  if (least !== undefined && most !== undefined && least > most) {
    document.note(fields.get(names[0])?.value ?? null, `${what}: ${names[0]} must not be above ${names[1]}`)
  }
  return { least, most }
}

/** Reads the values of an `enum`: all of the parameter's type, none twice. */
export function readEnum(
  document: ModelDocument,
  node: YamlNode,
  what: string,
  type: ParameterType,
): readonly (string | number)[] | null {
  const items = document.readList(node, `${what}: enum`)
  if (items === null) return null
  const values: (string | number)[] = []
  for (const item of items) {
    const value =
      type === 'string' ? readChoice(document, item, what) : readBound(document, item, `${what}: enum`, type)
    if (value === undefined) continue
    if (values.includes(value)) document.note(item, `${what}: enum has ${value} twice`)
    values.push(value)
  }
  return values
}

function readChoice(document: ModelDocument, node: YamlNode, what: string): string | undefined {
  const text = document.readText(node, `${what}: enum`, 100)
  if (text === null) return undefined
  if (!/\p{C}/u.test(text)) return text
  document.note(node, `${what}: enum must not have control characters`)
  return undefined
}

function readBound(document: ModelDocument, node: YamlNode, what: string, kind: string): number | undefined {
  if (kind === 'count') return document.readInteger(node, what, 0, MAX_COUNT) ?? undefined
  if (kind === 'integer') {
    return document.readInteger(node, what, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? undefined
  }
  const value = isScalar(node) ? node.value : undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  document.note(node, `${what} must be a number`)
  return undefined
}
