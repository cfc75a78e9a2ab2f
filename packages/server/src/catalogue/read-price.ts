import type { CountRule, PriceRule, PriceStart } from './model.ts'
import type { Field, Fields, ModelDocument, YamlNode } from './model-document.ts'
import { checkPriceBounds } from './price-bounds.ts'
import { type PriceContext, readPositive } from './price-context.ts'
import { readCount } from './read-count.ts'
import type { DeclaredParameters } from './read-parameters.ts'
import { readMultipliers, readTable } from './read-price-table.ts'

/** Reads `price`; null when it has a mistake, or refers to a parameter that has one. */
export function readPrice(document: ModelDocument, node: YamlNode, parameters: DeclaredParameters): PriceRule | null {
  const fields = document.readMap(node, 'price', ['base', 'table', 'multipliers', 'counts', 'free', 'note'])
  if (fields === null) return null
  const mistakesBefore = document.mistakes.length
  const free = fields.get('free')
  const isFree = free !== undefined && document.readBoolean(free.value, 'price: free') === true
  const context: PriceContext = { document, parameters, isFree, used: new Set() }
  const start = readStart(context, fields, node)
  const multipliers = readMultipliers(context, fields.get('multipliers'))
  const counts = readCounts(context, fields.get('counts'))
  const noteField = fields.get('note')
  const note = noteField && document.readText(noteField.value, 'price: note', 1000)
  if (document.mistakes.length > mistakesBefore || start === null || counts === null) return null
  const price: PriceRule = { start, multipliers, counts, ...(note && { note }) }
  const problem = checkPriceBounds(price, parameters)
  return problem === null ? price : document.note(node, problem)
}

function readStart(context: PriceContext, fields: Fields, parent: YamlNode): PriceStart | null {
  const { document, isFree } = context
  const base = fields.get('base')
  const table = fields.get('table')
  if (base !== undefined && table !== undefined) return document.note(table.key, 'price has either base or table')
  if (table !== undefined) return readTable(context, table.value)
  if (base === undefined && isFree) return { kind: 'base', credits: { digits: 0n, scale: 0 } }
  if (base === undefined) return document.note(parent, 'price lacks the field base (or table)')
  const credits = readPositive(context, base.value, 'price: base')
  return credits && { kind: 'base', credits }
}

function readCounts(context: PriceContext, field: Field | undefined): readonly CountRule[] | null {
  if (field === undefined) return []
  const fields = context.document.readMap(field.value, 'price: counts')
  const counts = [...(fields?.values() ?? [])].map((count) => readCount(context, count))
  return counts.every((count) => count !== null) ? counts : null
}
