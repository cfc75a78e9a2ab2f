import { entryTextOf } from '../../../catalogue/entry-text.ts'
import { isActive, isVisible } from '../../../generations/find-model.ts'
import { answerTagged } from '../../etag.ts'
import { createEtaggedLists } from '../../etagged-lists.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/models */
export function listModelsRoute({ catalogue, engines }: Services): Handler<'listModels'> {
  const lists = createEtaggedLists()
  return async ({ key, query, headers }) => {
    const models = catalogue()
      .list(query)
      .filter((model) => isVisible(model, key, engines))
    const data = models.map((model) => entryTextOf(model, key.mode === 'test' ? isActive(model, engines) : undefined))
    return answerTagged(lists.of(`${key.mode} ${query.type} ${query.capability}`, data), headers['if-none-match'])
  }
}
