import type { LiveWebhook } from '@clipia/client'

/** As long as the server itself would wait for a receiver. */
const TIMEOUT_MS = 10_000

/** Posts a webhook as it came to a receiver; answers its HTTP status, or why there was none. */
export async function forwardWebhook(
  { headers, body }: LiveWebhook,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const sent = { 'content-type': 'application/json', ...headers }
    const response = await fetch(url, { method: 'POST', headers: sent, body, redirect: 'manual', signal: bounded })
    await response.body?.cancel()
    return String(response.status)
  } catch (error) {
    signal.throwIfAborted()
    if (bounded.aborted) return `no answer in ${TIMEOUT_MS / 1_000} s`
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `not reached (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`
  }
}
