import type { Mode } from '@clipia/contract'
import type { Model, NormalizedInput } from '../catalogue/model.ts'
import { normalizeInput } from '../catalogue/normalize-input.ts'
import { type Price, priceOf } from '../catalogue/price.ts'
import type { Route } from '../catalogue/route.ts'
import type { Engines } from '../engines/engine.ts'
import { ClipiaError } from '../errors.ts'
import { hashJson } from '../json.ts'
import { chooseRoutes } from './choose-routes.ts'
import { readQuote } from './quote.ts'

/** An input checked and priced: the one computation behind estimate and submit, so that they cannot differ. */
export interface PricedInput {
  input: NormalizedInput
  inputHash: string
  price: Price
  /** The URLs in it. */
  urls: readonly string[]
  /** What may make it, in the order to try. */
  routes: readonly Route[]
}

/** Normalises an input, prices it and chooses its routes; throws what `normalizeInput` and `chooseRoutes` throw. */
export function priceInput(
  of: { engines: Engines; checkInputUrl: (url: string) => string | null },
  model: Model,
  rawInput: unknown,
  mode: Mode,
): PricedInput {
  const urls: string[] = []
  const checkUrl = (url: string): string | null => {
    urls.push(url)
    return of.checkInputUrl(url)
  }
  const input = normalizeInput(model, rawInput, { checkUrl })
  const routes = chooseRoutes(model, input, mode, of.engines)
  return { input, inputHash: hashJson(input), price: priceOf(model, input), urls, routes }
}

/** What a caller allows the price to be. */
export interface PriceTerms {
  quote?: string | undefined
  maxCost?: number | undefined
}

/**
 * The price a submit pays: a valid quote's, else today's. Throws `price_changed`, naming the price, for an expired
 * quote and for a price above `maxCost`, and `invalid_request` where the key needs a quote for it and there is none.
 */
export function agreePrice(
  { inputHash, price }: PricedInput,
  model: Model,
  caller: { accountId: string; mode: Mode; quoteThreshold: number | null },
  terms: PriceTerms,
  quoteKey: Buffer,
  nowMs: number,
): { credits: number; priceVersion: string } {
  let agreed = { credits: price.credits, priceVersion: model.priceVersion }
  if (terms.quote !== undefined) {
    const expected = { accountId: caller.accountId, mode: caller.mode, model: model.slug, inputHash }
    const quote = readQuote(quoteKey, terms.quote, expected)
    if (quote.expiresAt <= nowMs) {
      throw new ClipiaError('price_changed', `The quote has expired; the price is now ${price.credits} credits.`, {
        param: 'quote',
      })
    }
    agreed = { credits: quote.credits, priceVersion: quote.priceVersion }
  }
  if (terms.quote === undefined && caller.quoteThreshold !== null && agreed.credits > caller.quoteThreshold) {
    throw new ClipiaError(
      'invalid_request',
      `This costs ${agreed.credits} credits; above ${caller.quoteThreshold} this key needs a quote: estimate the same input and pass the quote of the answer.`,
      { param: 'quote' },
    )
  }
  if (terms.maxCost !== undefined && agreed.credits > terms.maxCost) {
    throw new ClipiaError('price_changed', `The price is ${agreed.credits} credits, above max_cost ${terms.maxCost}.`, {
      param: 'max_cost',
    })
  }
  return agreed
}
