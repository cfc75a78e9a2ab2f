import type { Output } from '@clipia/contract'
import type { Logger } from 'pino'
import type { StoredOutput } from '../generations/generation.ts'
import { getGeneration } from '../generations/get-generation.ts'
import type { Observer } from '../metrics/observer.ts'
import type { SafePost } from '../network/safe-post.ts'
import { type ClaimedDelivery, LEASE_MS } from './claim-deliveries.ts'
import { getSecrets } from './get-secrets.ts'
import { recordAttempt, releaseDelivery } from './record-attempt.ts'
import type { SecretDependencies } from './secret-row.ts'
import { sendWebhook } from './send-webhook.ts'
import { buildWebhookBody } from './webhook-body.ts'

/** What delivering needs of the process. */
export interface DeliveryDependencies extends SecretDependencies {
  post: SafePost
  /** How long a receiver may take, in milliseconds. */
  timeoutMs: number
  /** Words an output for the wire. */
  toOutput: (output: StoredOutput) => Output
  log: Logger
  observer: Observer
}

/** What an attempt came to, by what becomes of its delivery. */
const RESULTS = { delivered: 'delivered', pending: 'failed', dead: 'dead' } as const

/**
 * Makes one attempt of a claimed delivery and commits what came of it. Aborted by `signal`, the claim is given back. A
 * death at any moment leaves the lease, after which the attempt is made again: at least once, never lost.
 */
export async function attemptDelivery(
  of: DeliveryDependencies,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, log } = of
  const { deliveryId, requestId } = claimed
  try {
    signal.throwIfAborted()
    const generation = await getGeneration(database, claimed, requestId)
    const body = buildWebhookBody(generation, generation.output === null ? null : of.toOutput(generation.output))
    const secrets = await getSecrets(of, claimed)
    // A node that slept must not begin what somebody else may be doing by now.
    if (clock.now() > claimed.leaseEndsAt - LEASE_MS / 2) return
    const attempt = await sendWebhook(of, { deliveryId, url: claimed.url, body }, secrets, signal)
    const nowMs = clock.now()
    const random = of.identifiers.bytes(4).readUInt32BE(0) / 2 ** 32
    const verdict = await recordAttempt(database, claimed, attempt, { nowMs, random })
    const { status, latencyMs, error } = attempt
    const lagMs = claimed.tries === 0 ? Math.max(0, attempt.startedAt - claimed.queuedAt) : null
    if (verdict !== null) of.observer.webhookAttempted({ result: RESULTS[verdict.state], latencyMs, lagMs })
    const facts = { deliveryId, requestId, try: claimed.tries + 1, status, latencyMs, reason: error ?? undefined }
    if (verdict === null) log.warn(facts, 'a webhook was attempted after its lease had ended')
    else if (verdict.state === 'dead') log.warn(facts, 'a webhook was not delivered')
    else log.debug({ ...facts, ...verdict }, 'a webhook was attempted')
  } catch (error) {
    if (!signal.aborted) throw error
    await releaseDelivery(database, claimed, clock.now())
  }
}
