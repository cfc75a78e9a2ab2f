import type { Result, StatusAnswer } from '@clipia/contract'
import { type I18n, useI18n } from '../../shared/i18n/i18n.tsx'
import type { MessageName } from '../../shared/i18n/messages-en.ts'
import { Section } from '../../shared/ui/section.tsx'

/** The server's own words for what happens to every request; other lines are an engine's, and stay as they are. */
const KNOWN: Readonly<Record<string, MessageName>> = {
  'Queued.': 'requests.log.queued',
  'Started.': 'requests.log.started',
  'Completed.': 'requests.log.completed',
}

function wordsOf(message: string, { t }: I18n): string {
  const known = KNOWN[message]
  return known === undefined ? message : t(known)
}

/** What happened when, and how long waiting and running took. */
export function TimelinePart({ status, result }: { status: StatusAnswer; result: Result | undefined }) {
  const i18n = useI18n()
  const { t, time, number } = i18n
  const seconds = (ms: number) => number(ms / 1000, { maximumFractionDigits: 2 })
  return (
    <Section title={t('requests.timeline')}>
      <ol className="ml-1.5 grid gap-4 border-l border-line-strong">
        {status.logs.map((line, index) => (
          <li key={`${line.timestamp} ${line.message}`} className="relative pl-5">
            <span
              aria-hidden="true"
              className={`absolute top-1 -left-1.5 size-3 rounded-full border-2 border-surface ${index === status.logs.length - 1 ? 'bg-accent' : 'bg-line-strong'}`}
            />
            <p className="font-medium">{wordsOf(line.message, i18n)}</p>
            <p className="text-xs text-ink-faint tabular-nums">
              {time(line.timestamp, { dateStyle: 'medium', timeStyle: 'medium' })}
            </p>
          </li>
        ))}
      </ol>
      {status.status === 'IN_PROGRESS' && <p>{t('playground.running', { percent: status.progress })}</p>}
      {result !== undefined && (
        <p className="border-t border-line pt-3 text-xs text-ink-soft tabular-nums">
          {t('requests.timings', { queue: seconds(result.timings.queue_ms), run: seconds(result.timings.run_ms) })}
        </p>
      )}
    </Section>
  )
}
