import { detailTextOf } from '../../../catalogue/entry-text.ts'
import { findModel, isActive } from '../../../generations/find-model.ts'
import { answerTagged, tag } from '../../etag.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/models/{slug} */
export function getModelRoute({ catalogue, engines }: Services): Handler<'getModel'> {
  return async ({ key, params, headers }) => {
    const model = findModel(catalogue(), engines, key, params.slug)
    const available = key.mode === 'test' ? isActive(model, engines) : undefined
    return answerTagged(tag(detailTextOf(model, available)), headers['if-none-match'])
  }
}
