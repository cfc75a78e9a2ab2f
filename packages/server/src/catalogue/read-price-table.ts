import type { Decimal } from './decimal.ts'
import { type Parameter, type PriceRule, type PriceStart, priceKey } from './model.ts'
import type { Field, YamlNode } from './model-document.ts'
import { findPriced, type PriceContext, readPositive } from './price-context.ts'

/** A parameter that is priced by value. */
interface Choice {
  readonly parameter: Parameter
  /** {@link priceKey} of every value. */
  readonly keys: readonly string[]
}

/** Reads `table`: prices by the values of one or more parameters, one for every combination. */
export function readTable(context: PriceContext, node: YamlNode): PriceStart | null {
  const { document } = context
  const fields = document.readMap(node, 'price: table', ['by', 'credits'])
  const byNode = fields && document.need(fields, 'by', node, 'price: table')
  const names = byNode && document.readList(byNode, 'price: table: by')
  const creditsNode = fields && document.need(fields, 'credits', node, 'price: table')
  if (names === null || creditsNode === null) return null
  const choices = names.map((nameNode) => {
    const name = document.readText(nameNode, 'price: table: by', 64)
    const parameter = name === null ? null : findPriced(context, nameNode, name, 'price: table')
    return parameter && asChoice(context, nameNode, parameter)
  })
  if (!choices.every((choice) => choice !== null)) return null
  const credits = new Map<string, Decimal>()
  readCells(context, creditsNode, choices, [], credits)
  return { kind: 'table', by: choices.map(({ parameter }) => parameter.name), credits }
}

/** Reads one level of a table: a cell for every value of the next parameter, and for no other. */
function readCells(
  context: PriceContext,
  node: YamlNode,
  [choice, ...deeper]: readonly Choice[],
  path: readonly string[],
  cells: Map<string, Decimal>,
): void {
  if (choice === undefined) {
    const credits = readPositive(context, node, `price: ${path.join(', ')}`)
    if (credits !== null) cells.set(priceKey(path), credits)
    return
  }
  const { document } = context
  const { parameter, keys } = choice
  const fields = document.readMap(node, `price by ${parameter.name}`)
  if (fields === null) return
  const seen = new Set<string>()
  for (const { name, key, value } of fields.values()) {
    const valueKey = keys.includes(name) || parameter.type === 'string' ? name : String(Number(name))
    if (!keys.includes(valueKey)) {
      document.note(key, `price: ${parameter.name} has no value ${name}; it takes ${keys.join(', ')}`)
    } else if (seen.has(valueKey)) {
      document.note(key, `price: ${parameter.name} ${valueKey} is priced twice`)
    } else {
      readCells(context, value, deeper, [...path, valueKey], cells)
    }
    seen.add(valueKey)
  }
  const missing = keys.filter((key) => !seen.has(key))
  if (missing.length > 0) document.note(node, `price: ${parameter.name} ${missing.join(', ')} has no price`)
}

function asChoice({ document }: PriceContext, node: YamlNode, parameter: Parameter): Choice | null {
  const values = parameter.type === 'boolean' ? [false, true] : parameter.enum
  if (values !== undefined) return { parameter, keys: values.map((value) => priceKey([value])) }
  return document.note(node, `price: ${parameter.name} must have an enum or be a boolean to be priced by value`)
}

/** Reads `multipliers`: a factor for every value of each parameter named. */
export function readMultipliers(context: PriceContext, field: Field | undefined): PriceRule['multipliers'] {
  const multipliers = new Map<string, ReadonlyMap<string, Decimal>>()
  if (field === undefined) return multipliers
  const byParam = context.document.readMap(field.value, 'price: multipliers')
  for (const { name, key, value } of byParam?.values() ?? []) {
    const parameter = findPriced(context, key, name, 'price: multipliers')
    const choice = parameter && asChoice(context, key, parameter)
    if (choice === null) continue
    const factors = new Map<string, Decimal>()
    readCells(context, value, [choice], [], factors)
    multipliers.set(name, factors)
  }
  return multipliers
}
