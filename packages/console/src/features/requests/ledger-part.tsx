import type { LedgerEntry } from '@clipia/contract'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Section } from '../../shared/ui/section.tsx'

/** The movements of credits a request caused. */
export function LedgerPart({ entries }: { entries: readonly LedgerEntry[] }) {
  const { t, number, time } = useI18n()
  return (
    <Section title={t('requests.ledger')}>
      {entries.length === 0 && <p className="text-ink-soft">{t('requests.noLedger')}</p>}
      <ul className="grid gap-1.5">
        {entries.map((entry) => (
          <li key={entry.seq} className="flex justify-between gap-4">
            <span>
              {t(`credits.kind.${entry.kind}`)}{' '}
              <span className="text-xs text-ink-faint">
                #{entry.seq}, {time(entry.created_at)}
              </span>
            </span>
            <span className="tabular-nums">{number(entry.credits, { signDisplay: 'exceptZero' })}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
