import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Callback } from '../engine.ts'

/** Callbacks older or newer than this are not believed. */
const MOST_SKEW_SECONDS = 300

/**
 * Whether a callback is signed by the rules of Standard Webhooks with a secret (`whsec_` and base64) and recent: one of
 * its `v1` signatures is the HMAC-SHA256 of id, time and the body as it came.
 */
export function isSignedByStandard({ headers, body }: Callback, secret: string, nowMs: number): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > MOST_SKEW_SECONDS) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (key.length < 16) return false
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  return signatures.split(' ').some((signature) => {
    const given = signature.startsWith('v1,') ? Buffer.from(signature.slice(3), 'base64') : Buffer.alloc(0)
    return given.length === right.length && timingSafeEqual(given, right)
  })
}
