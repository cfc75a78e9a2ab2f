import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Callback, EngineContext } from '../engine.ts'
import type { Call } from '../wire/call.ts'
import { fieldsOf } from '../wire/json-fields.ts'

/** Callbacks older or newer than this are not believed. */
const MOST_SKEW_SECONDS = 300

/** fal asks that its keys be read again at least once a day. */
const KEYS_LIFETIME_MS = 24 * 60 * 60 * 1000
/** An unknown signature may mean new keys; a stranger's noise must not make us ask for them at every call. */
const KEYS_LEAST_AGE_MS = 60_000

/**
 * Creates the check of fal's signature: Ed25519 over the request id, the user id, the time in seconds and the SHA-256 of
 * the body, in lines, by one of the keys that fal publishes.
 */
export function createFalVerifier(call: Call): (callback: Callback, context: EngineContext) => Promise<boolean> {
  let keys: readonly KeyObject[] = []
  let readAt = Number.NEGATIVE_INFINITY

  async function readKeys(context: EngineContext): Promise<void> {
    const answer = await call('GET', '/.well-known/jwks.json', context)
    const { keys: list } = fieldsOf(answer.body)
    if (!answer.isOk || !Array.isArray(list)) throw new Error(`the keys of fal were answered with ${answer.status}`)
    keys = list.map(fieldsOf).flatMap(toKey)
    readAt = context.nowMs
  }

  return async ({ headers, body }, context) => {
    const names = ['request-id', 'user-id', 'timestamp', 'signature']
    const [requestId, userId, timestamp, signature] = names.map((name) => headers[`x-fal-webhook-${name}`])
    if (!requestId || !userId || !timestamp || !signature) return false
    if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{128}$/i.test(signature)) return false
    if (Math.abs(context.nowMs / 1000 - Number(timestamp)) > MOST_SKEW_SECONDS) return false
    const digest = createHash('sha256').update(body).digest('hex')
    const message = Buffer.from([requestId, userId, timestamp, digest].join('\n'))
    const isSigned = () => keys.some((key) => verify(null, message, key, Buffer.from(signature, 'hex')))
    if (context.nowMs - readAt > KEYS_LIFETIME_MS) await readKeys(context)
    if (isSigned()) return true
    if (context.nowMs - readAt < KEYS_LEAST_AGE_MS) return false
    await readKeys(context)
    return isSigned()
  }
}

function toKey({ kty, crv, x }: Readonly<Record<string, unknown>>): KeyObject[] {
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') return []
  return [createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]
}
