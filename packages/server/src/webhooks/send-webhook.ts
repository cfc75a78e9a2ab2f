import type { Clock } from '../clock.ts'
import { FetchRefused } from '../network/fetch-refused.ts'
import type { SafePost } from '../network/safe-post.ts'
import { VERSION } from '../version.ts'
import type { Attempt } from './record-attempt.ts'
import { type SigningSecrets, signWebhook } from './signature.ts'

/** What is sent: the id is the delivery's, the same on every attempt. */
export interface Webhook {
  deliveryId: string
  url: string
  body: string
}

/** How long a receiver may take. */
export const TIMEOUT_MS = 10_000

/** How much of an answer is kept. */
const EXCERPT_BYTES = 1_024

/**
 * Signs and sends a webhook once and says what came of it. Throws the reason of `signal` when that was aborted: then the
 * receiver may or may not have it.
 */
export async function sendWebhook(
  { post, clock, timeoutMs }: { post: SafePost; clock: Clock; timeoutMs: number },
  webhook: Webhook,
  secrets: SigningSecrets,
  signal: AbortSignal,
): Promise<Attempt> {
  const startedAt = clock.now()
  const request = {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': `Clipia/${VERSION}`,
      ...signWebhook(secrets, webhook.deliveryId, webhook.body, startedAt),
    },
    body: webhook.body,
  }
  const limits = { timeoutMs, maxBytes: EXCERPT_BYTES }
  try {
    const { status, excerpt } = await post(webhook.url, request, limits, signal)
    const response = excerpt === null ? null : toKeptText(excerpt)
    return { startedAt, latencyMs: clock.now() - startedAt, status, error: explainStatus(status), response }
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error
    return { startedAt, latencyMs: clock.now() - startedAt, status: null, error: error.message, response: null }
  }
}

function explainStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return `it answered with status ${status}; redirects are not followed`
  return `it answered with status ${status}`
}

/** A stranger's words without control characters, which a database or a terminal would take for more. */
function toKeptText(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll(/(?![\n\t])\p{Cc}/gu, '')
}
