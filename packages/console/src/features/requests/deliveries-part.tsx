import type { DeliveryLog } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { DeliveryState, RedeliverButton } from '../webhooks/delivery-state.tsx'

/** The webhooks of a request: every attempt, with the way to send it again. */
export function DeliveriesPart({ deliveries }: { deliveries: readonly DeliveryLog[] }) {
  const { t, time } = useI18n()
  if (deliveries.length === 0) return null
  return (
    <Section title={t('nav.webhooks')}>
      {deliveries.map((delivery) => (
        <div key={delivery.delivery_id} className="grid min-w-0 gap-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="min-w-0 font-mono text-xs wrap-anywhere">{delivery.url}</p>
            <DeliveryState state={delivery.state} />
          </div>
          <ol className="grid gap-1 text-xs text-ink-soft">
            {delivery.attempts.map((attempt) => (
              <li key={attempt.number}>
                {t('webhooks.attempt', {
                  number: attempt.number,
                  time: time(attempt.started_at, { dateStyle: 'short', timeStyle: 'medium' }),
                  ms: attempt.latency_ms,
                  outcome: attempt.error ?? String(attempt.status ?? ''),
                })}
              </li>
            ))}
          </ol>
          <RedeliverButton id={delivery.delivery_id} />
        </div>
      ))}
    </Section>
  )
}
