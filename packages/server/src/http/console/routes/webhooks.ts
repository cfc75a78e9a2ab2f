import type { WEBHOOK_OPERATIONS, WebhookSecret } from '@clipia/contract'
import { sampleOutput } from '../../../engines/sandbox/samples.ts'
import { ClipiaError } from '../../../errors.ts'
import { getSecrets } from '../../../webhooks/get-secrets.ts'
import { promoteSecret, rotateSecret } from '../../../webhooks/rotate-secret.ts'
import type { WebhookSecrets } from '../../../webhooks/secret-row.ts'
import { sendTestEvent } from '../../../webhooks/send-test-event.ts'
import { toOutput } from '../../output.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

/** Secrets of webhooks, and trying a receiver. */
export function webhookRoutes(services: Services): Pick<ConsoleHandlers, keyof typeof WEBHOOK_OPERATIONS> {
  return {
    getWebhookSecret: async ({ member, params }) => ({
      body: toWire(await getSecrets(services, { accountId: member.accountId, mode: params.mode })),
    }),
    rotateWebhookSecret: async ({ member, params }) => ({
      body: toWire(await rotateSecret(services, { accountId: member.accountId, mode: params.mode })),
    }),
    promoteWebhookSecret: async ({ member, params }) => ({
      body: toWire(await promoteSecret(services, { accountId: member.accountId, mode: params.mode })),
    }),
    testWebhook: async ({ member, params, body }) => {
      const fault = services.checkWebhookUrl(body.url)
      if (fault !== null) throw new ClipiaError('invalid_request', `url ${fault}.`, { param: 'url' })
      const event = { url: body.url, output: toOutput(sampleOutput('image'), services.mediaUrl()) }
      const owner = { accountId: member.accountId, mode: params.mode }
      const { status, error, latencyMs, response } = await sendTestEvent(services, owner, event)
      return { body: { is_delivered: error === null, status, error, latency_ms: latencyMs, response } }
    },
  }
}

function toWire({ current, next, nextFrom }: WebhookSecrets): WebhookSecret {
  return {
    secret: current,
    next_secret: next,
    next_from: nextFrom === null ? null : new Date(nextFrom).toISOString(),
  }
}
