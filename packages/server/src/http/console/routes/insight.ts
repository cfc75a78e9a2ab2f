import type { INSIGHT_OPERATIONS } from '@clipia/contract'
import { priceOf } from '../../../catalogue/price.ts'
import { toCredits } from '../../../credits/amount.ts'
import { getGenerationInput } from '../../../generations/get-generation-input.ts'
import { listLatencies } from '../../../usage/list-latencies.ts'
import { listUsage } from '../../../usage/list-usage.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What the pages of the console show besides what the API tells everyone. */
export function insightRoutes({
  database,
  clock,
  catalogue,
}: Services): Pick<ConsoleHandlers, keyof typeof INSIGHT_OPERATIONS> {
  return {
    getRequestInput: async ({ member, params }) => {
      const viewer = { accountId: member.accountId, mode: params.mode }
      const { model: slug, input, webhookUrl, priceVersion } = await getGenerationInput(database, viewer, params.id)
      const model = catalogue().find(slug)
      const isPricedSo = model !== null && model.priceVersion === priceVersion && Object.keys(input).length > 0
      return {
        body: { input, webhook_url: webhookUrl, breakdown: isPricedSo ? priceOf(model, input).breakdown : null },
      }
    },
    getUsage: async ({ member, query }) => {
      const range = { days: query.days ?? 30, nowMs: clock.now() }
      const [rows, latencies] = await Promise.all([
        listUsage(database, member.accountId, range),
        listLatencies(database, member.accountId),
      ])
      return {
        body: {
          data: rows.map(({ day, keyId, keyName, spent, ...counts }) => ({
            day: new Date(day * DAY_MS).toISOString().slice(0, 10),
            key_id: keyId,
            key_name: keyName,
            credits: toCredits(spent),
            ...counts,
          })),
          latency: latencies.map(({ p50Ms, p95Ms, ...rest }) => ({ ...rest, p50_ms: p50Ms, p95_ms: p95Ms })),
        },
      }
    },
  }
}
