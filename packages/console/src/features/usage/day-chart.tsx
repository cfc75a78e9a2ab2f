import { useI18n } from '../../shared/i18n/i18n.tsx'
import type { Totals } from './usage.ts'

const HEIGHT = 160

/** Credits by day as bars; the figures of a day are its title, and a table for who cannot see bars. */
export function DayChart({ days }: { days: readonly Totals[] }) {
  const { t, number, time } = useI18n()
  const most = Math.max(1, ...days.map(({ credits }) => credits))
  const dayName = (day: string) => time(`${day}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <figure className="rounded-2xl border border-line bg-surface p-5">
      <figcaption className="flex justify-between gap-4 text-xs text-ink-faint">
        <span>{t('usage.byDay')}</span>
        <span className="tabular-nums">{t('usage.most', { credits: number(most) })}</span>
      </figcaption>
      <div aria-hidden="true" className="mt-3 flex items-end gap-[2px]" style={{ height: HEIGHT }}>
        {days.map((day) => (
          <div
            key={day.name}
            title={`${dayName(day.name)}: ${t('usage.dayFacts', { credits: number(day.credits), requests: day.requests })}`}
            className="min-w-0 grow rounded-t-sm bg-accent hover:bg-accent-strong"
            style={{
              height: Math.max(day.credits > 0 ? 3 : 1, (day.credits / most) * HEIGHT),
              opacity: day.credits > 0 ? 1 : 0.25,
            }}
          />
        ))}
      </div>
      <div className="mt-2 flex justify-between text-xs text-ink-faint">
        <span>{dayName(days[0]?.name ?? '')}</span>
        <span>{dayName(days.at(-1)?.name ?? '')}</span>
      </div>
      <table className="sr-only">
        <caption>{t('usage.byDay')}</caption>
        <tbody>
          {days.map((day) => (
            <tr key={day.name}>
              <th scope="row">{dayName(day.name)}</th>
              <td>{t('usage.dayFacts', { credits: number(day.credits), requests: day.requests })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
