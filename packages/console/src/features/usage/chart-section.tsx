import type { UsageRow } from '@clipia/contract'
import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { DayChart, SERIES_COLORS } from './day-chart.tsx'
import { daysOf, METRICS, type Metric, totalsBy } from './usage.ts'

const GROUPS = ['model', 'key'] as const
/** So many series have a color of their own. */
const MOST_SERIES = SERIES_COLORS.length

/** Usage by day: what is drawn, and by what its bars are parted, is the reader's choice. */
export function ChartSection({ rows, days }: { rows: readonly UsageRow[]; days: number }) {
  const { t } = useI18n()
  const [metric, setMetric] = useState<Metric>('credits')
  const [group, setGroup] = useState<(typeof GROUPS)[number]>('model')
  const others = t('usage.others')
  const plainName = (row: UsageRow) => (group === 'model' ? row.model : row.key_name)
  const names = totalsBy(rows, plainName).map(({ name }) => name)
  const named = names.length > MOST_SERIES ? names.slice(0, MOST_SERIES - 1) : names
  const series = names.length > named.length ? [...named, others] : named
  const nameOf = (row: UsageRow) => (named.includes(plainName(row)) ? plainName(row) : others)
  const label = t(`usage.by.${metric}`)
  return (
    <Section
      title={label}
      action={
        <div className="flex flex-wrap justify-end gap-2">
          <Segmented
            label={t('usage.metric')}
            value={metric}
            options={METRICS.map((value) => ({ value, label: t(`usage.metric.${value}`) }))}
            onChange={setMetric}
          />
          <Segmented
            label={t('usage.group')}
            value={group}
            options={GROUPS.map((value) => ({ value, label: t(`usage.group.${value}`) }))}
            onChange={setGroup}
          />
        </div>
      }
    >
      <DayChart label={label} series={series} days={daysOf(rows, { days, now: new Date(), metric, series, nameOf })} />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
        {series.map((name, index) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2.5 rounded-sm ${SERIES_COLORS[index]}`} />
            {name}
          </li>
        ))}
      </ul>
    </Section>
  )
}
