import { entryTextOf } from '../../../catalogue/entry-text.ts'
import { isActive, isVisible } from '../../../generations/find-model.ts'
import { withEtag } from '../../etag.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/models */
export function listModelsRoute({ catalogue, engines }: Services): Handler<'listModels'> {
  return async ({ key, query, headers }) => {
    const models = catalogue()
      .list(query)
      .filter((model) => isVisible(model, key, engines))
    const data = models.map((model) => entryTextOf(model, key.mode === 'test' ? isActive(model, engines) : undefined))
    return withEtag(`{"data":[${data.join(',')}]}`, headers['if-none-match'])
  }
}
