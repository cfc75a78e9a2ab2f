import { toModelDetail } from '../../../catalogue/catalogue-entry.ts'
import { findModel, isActive } from '../../../generations/find-model.ts'
import { withEtag } from '../../etag.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/models/{slug} */
export function getModelRoute({ catalogue, engines }: Services): Handler<'getModel'> {
  return async ({ key, params, headers }) => {
    const model = findModel(catalogue(), engines, key, params.slug)
    const options = key.mode === 'test' ? { available: isActive(model, engines) } : {}
    return withEtag(toModelDetail(model, options), headers['if-none-match'])
  }
}
