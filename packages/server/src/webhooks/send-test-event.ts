import type { Output } from '@clipia/contract'
import type { Clock } from '../clock.ts'
import type { SafePost } from '../network/safe-post.ts'
import { getSecrets } from './get-secrets.ts'
import type { Attempt } from './record-attempt.ts'
import type { SecretDependencies, SecretOwner } from './secret-row.ts'
import { sendWebhook, TIMEOUT_MS } from './send-webhook.ts'
import { buildWebhookBody } from './webhook-body.ts'

/** What came of a test event. */
export interface TestEvent extends Attempt {
  /** Ids made up for it: there is no such request, and it is in no log. */
  deliveryId: string
  requestId: string
}

/**
 * Sends a made-up completed request once, signed as webhooks of the owner are, so that a receiver can be tried before
 * anything is generated. It is not sent again.
 */
export async function sendTestEvent(
  of: SecretDependencies & { post: SafePost; clock: Clock },
  owner: SecretOwner,
  { url, output }: { url: string; output: Output },
): Promise<TestEvent> {
  const secrets = await getSecrets(of, owner)
  const deliveryId = of.identifiers.uuid()
  const requestId = of.identifiers.uuid()
  const body = buildWebhookBody(
    { requestId, mode: owner.mode, model: 'canvas-1', status: 'COMPLETED', cost: 1_000_000, error: null },
    output,
  )
  const never = new AbortController().signal
  const attempt = await sendWebhook({ ...of, timeoutMs: TIMEOUT_MS }, { deliveryId, url, body }, secrets, never)
  return { ...attempt, deliveryId, requestId }
}
