import type { Catalogue } from '../catalogue/catalogue.ts'
import { toModelDetail } from '../catalogue/catalogue-entry.ts'
import { canonicalJson } from '../json.ts'

/**
 * The JSON Schema of the inputs of some models together. A parameter that all of them have, bounded alike, has exactly
 * those bounds; for the others each model's own are told in words, or one model's would refuse another's. What fits the named model is judged by the model itself.
 */
export function inputSchemaOf(models: ReturnType<Catalogue['list']>): Record<string, unknown> {
  const rules = new Map<string, Map<string, { schema: Record<string, unknown>; slugs: string[] }>>()
  for (const model of models) {
    for (const [name, descriptor] of Object.entries(toModelDetail(model).input_schema)) {
      const schema = toJsonSchema(descriptor)
      const variants = rules.get(name) ?? new Map()
      const text = canonicalJson(schema)
      const variant = variants.get(text) ?? { schema, slugs: [] }
      variant.slugs.push(model.slug)
      rules.set(name, variants.set(text, variant))
    }
  }
  const properties = Object.fromEntries(
    Array.from(rules, ([name, variants]) => {
      const list = [...variants.values()]
      const [only] = list
      if (only?.slugs.length === models.length) return [name, only.schema]
      const lines = list.map(({ schema, slugs }) => `${slugs.join(', ')}: ${JSON.stringify(schema)}`)
      return [name, { description: `By model. ${lines.join(' ; ')}` }]
    }),
  )
  return { type: 'object', properties, description: 'The input of the model, as get_model describes it.' }
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
