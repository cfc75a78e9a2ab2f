import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Mode } from '@clipia/contract'
import { ClipiaError } from '../errors.ts'

/** How long a quoted price holds. */
export const QUOTE_LIFETIME_MS = 10 * 60 * 1000

/** What a quote binds: the price of one input of one model for one account and mode. */
export interface Quote {
  accountId: string
  mode: Mode
  model: string
  /** SHA-256 of the canonical normalised input. */
  inputHash: string
  credits: number
  priceVersion: string
  /** Epoch milliseconds. */
  expiresAt: number
}

/** Signs a quote; the text is opaque to clients. */
export function signQuote(key: Buffer, quote: Quote): string {
  const body = Buffer.from(JSON.stringify(quote)).toString('base64url')
  return `${body}.${mac(key, body)}`
}

/**
 * Reads a quote back. Throws `invalid_request` when it was altered or is for something else than expected; whether it
 * has expired is the caller's to judge.
 */
export function readQuote(
  key: Buffer,
  text: string,
  expected: Pick<Quote, 'accountId' | 'mode' | 'model' | 'inputHash'>,
): Quote {
  const [body = '', signature = ''] = text.split('.')
  const right = Buffer.from(mac(key, body))
  const given = Buffer.from(signature)
  if (right.length !== given.length || !timingSafeEqual(right, given)) {
    throw refusal('The quote is not one of ours, or it was altered.')
  }
  const quote = JSON.parse(Buffer.from(body, 'base64url').toString()) as Quote
  if (quote.accountId !== expected.accountId || quote.mode !== expected.mode) {
    throw refusal('The quote is for another account or mode.')
  }
  if (quote.model !== expected.model) throw refusal(`The quote is for the model ${quote.model}.`)
  if (quote.inputHash !== expected.inputHash) throw refusal('The quote is for another input.')
  return quote
}

function mac(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(body).digest('base64url')
}

function refusal(message: string): ClipiaError {
  return new ClipiaError('invalid_request', message, { param: 'quote' })
}
