import type { Result, StatusAnswer } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Section } from '../../shared/ui/section.tsx'

/** What happened when, and how long waiting and running took. */
export function TimelinePart({ status, result }: { status: StatusAnswer; result: Result | undefined }) {
  const { t, time, number } = useI18n()
  const seconds = (ms: number) => number(ms / 1000, { maximumFractionDigits: 2 })
  return (
    <Section title={t('requests.timeline')}>
      <ol className="grid gap-2 border-l-2 border-line pl-4">
        {status.logs.map((line) => (
          <li key={`${line.timestamp} ${line.message}`}>
            <span className="font-medium">{line.message}</span>
            <span className="block text-xs text-ink-faint">
              {time(line.timestamp, { dateStyle: 'medium', timeStyle: 'medium' })}
            </span>
          </li>
        ))}
      </ol>
      {status.status === 'IN_PROGRESS' && <p>{t('playground.running', { percent: status.progress })}</p>}
      {result !== undefined && (
        <p className="text-xs text-ink-soft">
          {t('requests.timings', { queue: seconds(result.timings.queue_ms), run: seconds(result.timings.run_ms) })}
        </p>
      )}
    </Section>
  )
}
