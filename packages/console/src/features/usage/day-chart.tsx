import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { type Day, roundTop } from './usage.ts'

/** Height of the bars, in rem. */
const HEIGHT = 12
/** Colors of the series in their order; the last is for all that follow. */
export const SERIES_COLORS = [
  'bg-[var(--series-1)]',
  'bg-[var(--series-2)]',
  'bg-[var(--series-3)]',
  'bg-[var(--series-4)]',
  'bg-[var(--series-5)]',
  'bg-[var(--series-6)]',
] as const

interface DayChartProps {
  label: string
  days: readonly Day[]
  series: readonly string[]
}

/** Bars by day, each made of its series. What is pointed at is told above; a table says it to who cannot see bars. */
export function DayChart({ label, days, series }: DayChartProps) {
  const { number, time } = useI18n()
  const [pointed, setPointed] = useState<Day | null>(null)
  const top = roundTop(Math.max(1, ...days.map(({ total }) => total)))
  const dayName = (day: string) => time(`${day}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
  const shown = pointed ?? days.at(-1)
  return (
    <figure>
      <figcaption className="mb-3 flex flex-wrap items-baseline gap-x-3 text-ink-soft">
        <span>{shown && dayName(shown.day)}</span>
        <span className="font-semibold text-ink tabular-nums">{number(shown?.total ?? 0)}</span>
        <span className="flex flex-wrap gap-x-3 text-xs max-sm:hidden">
          {shown?.parts.map((part, index) =>
            part === 0 ? null : (
              <span key={series[index]} className="tabular-nums">
                {series[index]}: {number(part)}
              </span>
            ),
          )}
        </span>
      </figcaption>
      <div className="grid grid-cols-[1fr_auto] gap-x-2">
        <div className="relative" style={{ height: `${HEIGHT}rem` }}>
          <div
            aria-hidden="true"
            className="absolute inset-0 grid grid-rows-2 divide-y divide-line border-y border-line"
          >
            <span />
            <span />
          </div>
          <div aria-hidden="true" className="relative flex h-full items-end" onPointerLeave={() => setPointed(null)}>
            {days.map((day) => (
              <div
                key={day.day}
                onPointerEnter={() => setPointed(day)}
                className={`flex h-full min-w-0 grow basis-0 flex-col-reverse px-px ${day === pointed ? 'bg-sunken' : ''}`}
              >
                {day.parts.map((part, index) => (
                  <div
                    key={series[index]}
                    className={`shrink-0 last:rounded-t-sm ${SERIES_COLORS[index] ?? SERIES_COLORS.at(-1)}`}
                    style={{ height: `${(part / top) * 100}%` }}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
        <div aria-hidden="true" className="flex flex-col justify-between text-xs/none text-ink-faint tabular-nums">
          <span>{number(top)}</span>
          <span>{number(top / 2)}</span>
          <span>0</span>
        </div>
      </div>
      <div className="mt-2 flex justify-between text-xs text-ink-faint">
        <span>{dayName(days[0]?.day ?? '')}</span>
        <span>{dayName(days.at(-1)?.day ?? '')}</span>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{dayName(day.day)}</th>
              <td>{number(day.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
