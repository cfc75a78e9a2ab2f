import type { Submitted } from '@clipia/contract'
import { toCredits } from '../../../credits/amount.ts'
import { ClipiaError } from '../../../errors.ts'
import { type Hold, holdUntil } from '../../../events/hold-until.ts'
import { getGeneration } from '../../../generations/get-generation.ts'
import { getStatus } from '../../../generations/get-status.ts'
import { isTerminal } from '../../../generations/states.ts'
import { submitGeneration } from '../../../generations/submit-generation.ts'
import type { ApiKey } from '../../../keys/api-key.ts'
import type { Handler } from '../../handler.ts'
import { readWaitPreference } from '../../read-preference.ts'
import { toResult } from '../../result.ts'
import type { Services } from '../../services.ts'

/** POST /v1/models/{slug} */
export function submitRoute(services: Services): Handler<'submit'> {
  return async ({ key, params, headers, body, rateRefusal, onClose }) => {
    const accepted = await submitGeneration(services, {
      key,
      slug: params.slug,
      rawInput: body.input,
      webhookUrl: body.webhook_url,
      scenario: headers['clipia-sandbox-scenario'],
      idempotencyKey: checkIdempotencyKey(headers['idempotency-key']),
      quote: body.quote,
      maxCost: body.max_cost,
      rateRefusal,
    })
    const url = `${services.publicUrl()}/v1/requests/${accepted.requestId}`
    const submitted: Submitted = {
      request_id: accepted.requestId,
      status: accepted.status,
      queue_position: accepted.queuePosition,
      status_url: `${url}/status`,
      response_url: url,
      cancel_url: `${url}/cancel`,
      events_url: `${url}/events`,
      cost: toCredits(accepted.cost),
    }
    const replayed: Record<string, string> = accepted.isReplay ? { 'idempotent-replayed': 'true' } : {}
    const waitSeconds = readWaitPreference(headers.prefer)
    if (waitSeconds === null) return { body: submitted, headers: replayed }
    const hold = {
      hub: services.events,
      requestId: accepted.requestId,
      keyId: key.keyId,
      waitMs: waitSeconds * 1_000,
      onGone: onClose,
    }
    const outcome = await waitForResult(services, hold, key)
    return { body: { ...submitted, ...outcome }, headers: { ...replayed, 'preference-applied': `wait=${waitSeconds}` } }
  }
}

/** What is known of the request when the wait is over. It was accepted, so nothing here may turn the answer into an error. */
async function waitForResult(services: Services, hold: Hold, key: ApiKey): Promise<Partial<Submitted>> {
  const { database, log } = services
  try {
    const read = () => getStatus(database, key, hold.requestId)
    const { status, queuePosition } = await holdUntil(hold, read, (current) => isTerminal(current.status))
    if (!isTerminal(status)) return { status, queue_position: queuePosition ?? 0 }
    const result = toResult(await getGeneration(database, key, hold.requestId), services.mediaUrl())
    return { ...result, queue_position: 0 }
  } catch (error) {
    log.warn({ requestId: hold.requestId, err: error }, 'a wait was cut short')
    return {}
  }
}

function checkIdempotencyKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ClipiaError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters', {
    param: 'Idempotency-Key',
  })
}
