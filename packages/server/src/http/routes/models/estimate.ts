import type { Estimate } from '@clipia/contract'
import { checkAllowedModel, findModel } from '../../../generations/find-model.ts'
import { priceInput } from '../../../generations/price-input.ts'
import { QUOTE_LIFETIME_MS, signQuote } from '../../../generations/quote.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** POST /v1/models/{slug}/estimate */
export function estimateRoute(services: Services): Handler<'estimate'> {
  return async ({ key, params, body }) => {
    const model = findModel(services.catalogue(), services.engines, key, params.slug)
    checkAllowedModel(model, key)
    const { input, inputHash, price, urls } = priceInput(services, model, body.input, key.mode)
    await services.inputFiles.check(input, urls)
    const expiresAt = services.clock.now() + QUOTE_LIFETIME_MS
    const quote = signQuote(services.quoteKey, {
      accountId: key.accountId,
      mode: key.mode,
      model: model.slug,
      inputHash,
      credits: price.credits,
      priceVersion: model.priceVersion,
      expiresAt,
    })
    const estimate: Estimate = {
      credits: price.credits,
      breakdown: price.breakdown,
      input,
      price_version: model.priceVersion,
      quote,
      quote_expires_at: new Date(expiresAt).toISOString(),
    }
    return { body: estimate }
  }
}
