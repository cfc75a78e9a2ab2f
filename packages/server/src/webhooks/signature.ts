import { createHmac } from 'node:crypto'

/** The secrets that sign for one account and mode: `whsec_` and base64 of 32 bytes. */
export interface SigningSecrets {
  current: string
  /** During a rotation, the one that will be current; null otherwise. */
  next: string | null
}

const PREFIX = 'whsec_'

/** A new signing secret from 32 random bytes. */
export function toSigningSecret(bytes: Buffer): string {
  return `${PREFIX}${bytes.toString('base64')}`
}

/**
 * The headers of one attempt of a delivery, signed by both schemes over exactly this body. `X-Clipia-Signature` is keyed
 * by the whole current secret as UTF-8 and carries one `v1`, because published verifiers read one. The Standard Webhooks
 * signature is keyed by the decoded bytes and carries the next secret's too during a rotation, so that a receiver may
 * change secrets at any moment of it.
 */
export function signWebhook(
  secrets: SigningSecrets,
  deliveryId: string,
  body: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  const v1 = createHmac('sha256', secrets.current).update(`${timestamp}.${body}`).digest('hex')
  const standard = [secrets.current, ...(secrets.next === null ? [] : [secrets.next])].map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${deliveryId}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'X-Clipia-Webhook-Id': deliveryId,
    'X-Clipia-Timestamp': timestamp,
    'X-Clipia-Signature': `t=${timestamp},v1=${v1}`,
    'webhook-id': deliveryId,
    'webhook-timestamp': timestamp,
    'webhook-signature': standard.join(' '),
  }
}
