import type { Submitted } from '@clipia/contract'
import { toCredits } from '../../../credits/amount.ts'
import { ClipiaError } from '../../../errors.ts'
import { submitGeneration } from '../../../generations/submit-generation.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** POST /v1/models/{slug} */
export function submitRoute(services: Services): Handler<'submit'> {
  return async ({ key, params, headers, body, rateRefusal }) => {
    const accepted = await submitGeneration(services, {
      key,
      slug: params.slug,
      rawInput: body.input,
      webhookUrl: body.webhook_url,
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
      cost: toCredits(accepted.cost),
    }
    return { body: submitted, ...(accepted.isReplay && { headers: { 'idempotent-replayed': 'true' } }) }
  }
}

function checkIdempotencyKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ClipiaError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters', {
    param: 'Idempotency-Key',
  })
}
