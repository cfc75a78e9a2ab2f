import type { Catalogue } from '../catalogue/catalogue.ts'
import { toModelDetail } from '../catalogue/catalogue-entry.ts'
import { canonicalJson } from '../json.ts'

/** A parameter of the same bounds in some models. */
interface Variant {
  schema: Record<string, unknown>
  /** What the models say it is for. */
  descriptions: Set<unknown>
  slugs: string[]
}

/**
 * The JSON Schema of the inputs of some models together. A parameter that all of them have, bounded alike, has exactly
 * those bounds; for the others each model's own are told in words, or one model's would refuse another's. What fits the
 * named model is judged by the model itself. Agents pay for every word of it: what models say differently of a parameter is
 * left to get_model.
 */
export function inputSchemaOf(models: ReturnType<Catalogue['list']>): Record<string, unknown> {
  const rules = new Map<string, Map<string, Variant>>()
  for (const model of models) {
    for (const [name, descriptor] of Object.entries(toModelDetail(model).input_schema)) {
      const { description, ...schema } = toJsonSchema(descriptor)
      const variants = rules.get(name) ?? new Map<string, Variant>()
      const text = canonicalJson(schema)
      const variant = variants.get(text) ?? { schema, descriptions: new Set(), slugs: [] }
      variant.descriptions.add(description)
      variant.slugs.push(model.slug)
      rules.set(name, variants.set(text, variant))
    }
  }
  const properties = Object.fromEntries(
    Array.from(rules, ([name, variants]) => [name, merge([...variants.values()], models.length)]),
  )
  return { type: 'object', properties, description: 'The input of the model, as get_model describes it.' }
}

function merge(variants: readonly Variant[], modelCount: number): Record<string, unknown> {
  const [first] = variants
  const descriptions = new Set(variants.flatMap((variant) => [...variant.descriptions]))
  // What one model says of it may be wrong for another.
  const [about] = descriptions.size === 1 ? descriptions : []
  if (first?.slugs.length === modelCount) return { ...first.schema, ...(about !== undefined && { description: about }) }
  const lines = variants.map(({ schema, slugs }) => `${slugs.join(', ')}: ${JSON.stringify(schema)}`)
  return { description: `${about === undefined ? '' : `${String(about)} `}By model: ${lines.join(' ; ')}` }
}

function toJsonSchema(descriptor: object): Record<string, unknown> {
  const names: Record<string, string> = {
    min_length: 'minLength',
    max_length: 'maxLength',
    min_items: 'minItems',
    max_items: 'maxItems',
  }
  const fields = Object.entries(descriptor).flatMap(([name, value]) => {
    if (name === 'required') return []
    return [[names[name] ?? name, name === 'items' ? toJsonSchema(value as object) : value]]
  })
  return Object.fromEntries(fields)
}
