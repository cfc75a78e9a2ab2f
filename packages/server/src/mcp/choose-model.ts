import type { MediaType, Model } from '../catalogue/model.ts'
import { normalizeInput } from '../catalogue/normalize-input.ts'
import { priceOf } from '../catalogue/price.ts'
import { isActive, isAllowed } from '../generations/find-model.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { McpServices } from './mcp-services.ts'

const IMAGE_FIELDS = ['image_url', 'image_urls'] as const

/** What is taken when the caller names no model, if it runs here. */
const DEFAULTS = { image: 'nano-banana-2', video: 'seedance-2-fast-t2v', fromImage: 'seedance-2-fast-i2v' } as const

/**
 * The model for a caller that names none: the known default of the kind, else the cheapest that takes the input. Only
 * what can run here, also for a test key, so that the sandbox shows what live would do; where nothing runs, any. Null
 * when no model of the kind may be used.
 */
export function chooseModel(
  { catalogue, engines }: McpServices,
  key: ApiKey,
  type: MediaType,
  input: Record<string, unknown>,
): string | null {
  const all = catalogue()
    .list({ type })
    .filter((model) => isAllowed(model, key))
  const active = all.filter((model) => isActive(model, engines))
  const models = active.length > 0 || key.mode === 'live' ? active : all
  const hasImage = IMAGE_FIELDS.some((field) => input[field] !== undefined)
  const wanted = type === 'video' && hasImage ? DEFAULTS.fromImage : type === 'audio' ? null : DEFAULTS[type]
  if (models.some(({ slug }) => slug === wanted)) return wanted
  const fitting = models
    .flatMap((model) => {
      const credits = priceFor(model, input)
      return credits === null ? [] : [{ slug: model.slug, credits }]
    })
    .toSorted((left, right) => left.credits - right.credits)
  return fitting[0]?.slug ?? models[0]?.slug ?? null
}

/** Null for an input the model does not take. */
function priceFor(model: Model, input: Record<string, unknown>): number | null {
  try {
    return priceOf(model, normalizeInput(model, input, { checkUrl: () => null })).credits
  } catch {
    return null
  }
}
