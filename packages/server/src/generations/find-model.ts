import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Model } from '../catalogue/model.ts'
import type { Engines } from '../engines/engine.ts'
import { ClipiaError } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { isActiveRoute } from './choose-routes.ts'

/** Whether a live generation of the model could run here now. */
export function isActive(model: Model, engines: Engines): boolean {
  return model.routes.some((route) => isActiveRoute(route, engines))
}

/** Whether the key sees the model: test keys see all, live keys the active ones. */
export function isVisible(model: Model, key: ApiKey, engines: Engines): boolean {
  return key.mode === 'test' || isActive(model, engines)
}

/**
 * Finds a model for a key. Unknown and inactive models are `not_found` alike; one outside the key's list of allowed
 * models is `insufficient_scope`.
 */
export function findModel(catalogue: Catalogue, engines: Engines, key: ApiKey, slug: string): Model {
  const model = catalogue.find(slug)
  if (model === null || !isVisible(model, key, engines)) {
    throw new ClipiaError('not_found', `There is no model ${slug.slice(0, 64).replace(/[^\w./-]/g, '?')}.`)
  }
  return model
}

/** Whether the model is in the key's list of allowed models, if it has one. */
export function isAllowed({ slug }: Model, { allowedModels }: ApiKey): boolean {
  return allowedModels === null || allowedModels.includes(slug)
}

/** Refuses a model outside the key's list of allowed models; reading about it stays allowed. */
export function checkAllowedModel(model: Model, key: ApiKey): void {
  if (isAllowed(model, key)) return
  throw new ClipiaError('insufficient_scope', `This key may not use ${model.slug}.`)
}
