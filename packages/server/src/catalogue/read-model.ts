import type { Mistake } from './catalogue-error.ts'
import { MEDIA_TYPES, type MediaType, type Model } from './model.ts'
import type { Fields, ModelDocument, YamlNode } from './model-document.ts'
import { priceVersionOf } from './price-version.ts'
import { readParameters } from './read-parameters.ts'
import { readPrice } from './read-price.ts'
import { readRejectedContent } from './read-rejected-content.ts'
import { readRequireOneOf } from './read-require-one-of.ts'
import { readRoutes } from './read-routes.ts'
import { readRunLimit } from './read-run-limit.ts'
import { type PlacedSlug, readSlug } from './read-slug.ts'

const WORD = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** How long a run may take where the file does not say, in seconds. */
const DEFAULT_RUN_LIMIT_SECONDS: Record<MediaType, number> = { image: 300, audio: 600, video: 1800 }

const FIELDS = [
  'slug',
  'type',
  'name',
  'description',
  'capabilities',
  'engine',
  'routes',
  'parameters',
  'require_one_of',
  'price',
  'rejected_content',
  'run_limit_seconds',
] as const

/** What one model file says: a model, or why it is none. */
export interface ModelFile {
  readonly model: Model | null
  readonly mistakes: readonly Mistake[]
  /** The slug and its place, also where the rest has mistakes. */
  readonly slug: PlacedSlug | null
}

/** Reads a file that declares a model. Never throws for what the text says. */
export function readModelFile(document: ModelDocument): ModelFile {
  const { root } = document
  const fields = root && document.readMap(root, 'a model', FIELDS)
  if (fields === null) return { model: null, slug: null, mistakes: document.mistakes }
  const slugNode = document.need(fields, 'slug', root, 'a model')
  const slug = slugNode && readSlug(document, slugNode, 'slug')
  const model = readModel(document, fields, root, slug?.text ?? '')
  const mistakes = document.sortedMistakes()
  return { model: mistakes.length === 0 ? model : null, slug, mistakes }
}

function readModel(document: ModelDocument, fields: Fields, root: YamlNode, slug: string): Model | null {
  const typeNode = document.need(fields, 'type', root, 'a model')
  const type = typeNode && document.readWord(typeNode, 'type', MEDIA_TYPES)
  const nameNode = document.need(fields, 'name', root, 'a model')
  const name = nameNode && document.readText(nameNode, 'name', 100)
  const descriptionField = fields.get('description')
  const description = descriptionField && document.readText(descriptionField.value, 'description', 2000)
  const capabilities = readCapabilities(document, document.need(fields, 'capabilities', root, 'a model'))
  const parametersNode = document.need(fields, 'parameters', root, 'a model')
  const declared = parametersNode && readParameters(document, parametersNode)
  const routes = readRoutes(document, fields, root, declared)
  const requireOneOf = declared && readRequireOneOf(document, fields.get('require_one_of'), declared)
  const priceNode = document.need(fields, 'price', root, 'a model')
  const price = priceNode && declared && readPrice(document, priceNode, declared)
  const rejectedField = fields.get('rejected_content')
  const chargesRejected = rejectedField && readRejectedContent(document, rejectedField.value)
  const limitField = fields.get('run_limit_seconds')
  const limit = limitField && readRunLimit(document, limitField.value)
  if (type === null || name === null || capabilities === null || routes === null) return null
  if (declared === null || requireOneOf === null || price === null || limit === null || chargesRejected === null)
    return null
  const parameters = [...declared.values()].filter((parameter) => parameter !== null)
  return {
    slug,
    type,
    name,
    ...(description && { description }),
    capabilities,
    parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])),
    requireOneOf,
    price,
    priceVersion: priceVersionOf(parameters, requireOneOf, price),
    routes,
    chargesRejected: chargesRejected ?? false,
    runLimitMs: (limit ?? DEFAULT_RUN_LIMIT_SECONDS[type]) * 1000,
  }
}

function readCapabilities(document: ModelDocument, node: YamlNode): readonly string[] | null {
  const items = node && document.readList(node, 'capabilities')
  if (items === null) return null
  const capabilities = new Set<string>()
  for (const item of items) {
    const capability = document.readText(item, 'capabilities', 60, WORD)
    if (capability !== null && capabilities.has(capability)) document.note(item, `capabilities has ${capability} twice`)
    if (capability !== null) capabilities.add(capability)
  }
  return [...capabilities]
}
