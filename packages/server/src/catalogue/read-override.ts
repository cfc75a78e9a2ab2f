import type { Mistake } from './catalogue-error.ts'
import type { Model } from './model.ts'
import type { Fields, ModelDocument, YamlNode } from './model-document.ts'
import { priceVersionOf } from './price-version.ts'
import { readPrice } from './read-price.ts'
import { readRejectedContent } from './read-rejected-content.ts'
import { readRoutes } from './read-routes.ts'
import { readRunLimit } from './read-run-limit.ts'
import { type PlacedSlug, readSlug } from './read-slug.ts'

const FIELDS = [
  'extends',
  'name',
  'description',
  'engine',
  'routes',
  'price',
  'rejected_content',
  'run_limit_seconds',
  'disabled',
] as const

/** What an override makes of the model it extends. */
export interface Overridden {
  /** Null when it has mistakes, or when it takes the model out of the catalogue. */
  readonly model: Model | null
  readonly mistakes: readonly Mistake[]
}

/** A file that changes some fields of a model that another file declares. */
export interface Override {
  /** The model it extends; null when that cannot be read, which is among the mistakes of `apply`. */
  readonly slug: PlacedSlug | null
  /** The model with the fields of this file in place of its own, each as a whole; a price is read against its parameters. */
  apply(base: Model): Overridden
  /** What is wrong with the file, as far as that can be told without its model. */
  readonly mistakes: readonly Mistake[]
}

/** Reads a file that has the field `extends`. Never throws for what the text says. */
export function readOverride(document: ModelDocument): Override {
  const { root } = document
  const fields = document.readMap(root, 'an override', FIELDS)
  const slugNode = fields && document.need(fields, 'extends', root, 'an override')
  const slug = slugNode && readSlug(document, slugNode, 'extends')
  if (fields?.size === 1) document.note(root, `an override changes one field or more of ${FIELDS.slice(1).join(', ')}`)
  return {
    slug,
    mistakes: document.sortedMistakes(),
    apply(base) {
      const model = fields === null ? null : changeModel(document, fields, base)
      const mistakes = document.sortedMistakes()
      return { model: mistakes.length === 0 ? model : null, mistakes }
    },
  }
}

function changeModel(document: ModelDocument, fields: Fields, base: Model): Model | null {
  const read = <Value>(name: (typeof FIELDS)[number], how: (node: YamlNode) => Value | null): Value | undefined => {
    const field = fields.get(name)
    return field && (how(field.value) ?? undefined)
  }
  const name = read('name', (node) => document.readText(node, 'name', 100))
  const description = read('description', (node) => document.readText(node, 'description', 2000))
  const hasRoutes = fields.has('engine') || fields.has('routes')
  const routes = hasRoutes ? readRoutes(document, fields, document.root, base.parameters) : null
  const price = read('price', (node) => readPrice(document, node, base.parameters))
  const chargesRejected = read('rejected_content', (node) => readRejectedContent(document, node))
  const limit = read('run_limit_seconds', (node) => readRunLimit(document, node))
  const isDisabled = read('disabled', (node) => document.readBoolean(node, 'disabled'))
  if (isDisabled === true) return null
  return {
    ...base,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(routes !== null && { routes }),
    ...(chargesRejected !== undefined && { chargesRejected }),
    ...(price !== undefined && {
      price,
      priceVersion: priceVersionOf(base.parameters.values(), base.requireOneOf, price),
    }),
    ...(limit !== undefined && { runLimitMs: limit * 1000 }),
  }
}
