import { createHmac, timingSafeEqual } from 'node:crypto'
import type { GenerationOutput } from './wire/requests.ts'

const TOLERANCE_SECONDS = 300

/** Headers of a delivery, in any of the shapes frameworks have them in; names in any case. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>

/** What a delivery is checked by. */
export interface VerifyWebhookOptions {
  /** The account's signing secret of this mode, `whsec_...`. */
  secret: string
  headers: WebhookHeaders
  /** The raw body, byte for byte as it came; not JSON that was parsed and written again. */
  body: string | Uint8Array
  /** How far its time may be from ours, in seconds; default 300. */
  toleranceSeconds?: number
  /** Our time in unix seconds; default the clock. */
  now?: number
}

/** The body of a delivery. Deliveries may repeat: handle them by `request_id`. */
export interface WebhookPayload {
  request_id: string
  /** `OK` when the generation is COMPLETED, else `ERROR`. */
  status: 'OK' | 'ERROR'
  payload?: { model: string; output: GenerationOutput; cost: number }
  error?: { code: string; message: string }
  mode?: 'live' | 'test'
}

/**
 * Whether a delivery is Clipia's and fresh. Reads `X-Clipia-Signature` and Standard Webhooks' `webhook-signature`: one that
 * is right is enough, so that a receiver which already has the next secret passes while it is being changed. Compares in
 * constant time, and answers false to whatever is malformed instead of throwing.
 */
export function verifyWebhookSignature(options: VerifyWebhookOptions): boolean {
  const { secret, headers, body, toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() / 1_000 } = options
  if (typeof secret !== 'string' || secret === '') return false
  const isFresh = (text: string) => /^\d{1,15}$/.test(text) && Math.abs(now - Number(text)) <= toleranceSeconds
  return isClipia(secret, headers, body, isFresh) || isStandard(secret, headers, body, isFresh)
}

type IsFresh = (unixSeconds: string) => boolean

/** `t=<unix seconds>,v1=<lower-case hex>`, keyed by the whole secret as text. */
function isClipia(secret: string, headers: WebhookHeaders, body: string | Uint8Array, isFresh: IsFresh): boolean {
  const fields = (headerOf(headers, 'x-clipia-signature') ?? '').split(',').map((field) => field.trim())
  const [time = '', ...otherTimes] = valuesOf(fields, 't')
  const [signature = '', ...otherSignatures] = valuesOf(fields, 'v1')
  if (otherTimes.length > 0 || otherSignatures.length > 0) return false
  if (!isFresh(time) || !/^[0-9a-f]{64}$/.test(signature)) return false
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest()
  return timingSafeEqual(Buffer.from(signature, 'hex'), expected)
}

/** Standard Webhooks: a list of `v1,<base64>`, keyed by the decoded secret, over id, time and body. */
function isStandard(secret: string, headers: WebhookHeaders, body: string | Uint8Array, isFresh: IsFresh): boolean {
  const id = headerOf(headers, 'webhook-id') ?? ''
  const time = headerOf(headers, 'webhook-timestamp') ?? ''
  if (id === '' || !isFresh(time)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest()
  const signatures = (headerOf(headers, 'webhook-signature') ?? '').split(' ')
  return signatures.some((signature) => {
    const given = signature.startsWith('v1,') ? Buffer.from(signature.slice(3), 'base64') : Buffer.alloc(0)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function valuesOf(fields: readonly string[], name: string): string[] {
  return fields.filter((field) => field.startsWith(`${name}=`)).map((field) => field.slice(name.length + 1))
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : undefined
}
