import type { ModelLatency, UsageRow } from '@clipia/contract'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { saveFile } from '../../shared/ui/csv-button.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { CELL, Table } from '../../shared/ui/table.tsx'
import { ChartSection } from './chart-section.tsx'
import { type Totals, toCsv, totalsBy, useUsage } from './usage.ts'

const RANGES = ['7', '30', '90'] as const

/** Live usage: by day, by model, by key, and how long models take. */
export function UsagePage() {
  const { t } = useI18n()
  const [range, setRange] = useState<(typeof RANGES)[number]>('30')
  const usage = useUsage(Number(range))
  const rows = usage.data?.data ?? []
  const csv = (
    <Button
      disabled={rows.length === 0}
      onClick={() => saveFile(new Blob([toCsv(rows)], { type: 'text/csv' }), `usage-${range}-days.csv`)}
    >
      <Download aria-hidden className="size-4" />
      {t('app.csv')}
    </Button>
  )
  return (
    <Page title={t('nav.usage')} lead={t('usage.lead')} actions={csv}>
      <div className="max-w-full min-w-0 justify-self-start">
        <Segmented
          label={t('usage.range')}
          value={range}
          options={RANGES.map((value) => ({ value, label: t('usage.days', { count: Number(value) }) }))}
          onChange={setRange}
        />
      </div>
      <QueryView query={usage} skeleton={<Skeleton className="h-96" />}>
        {({ data, latency }) => {
          if (data.length === 0) return <Empty title={t('usage.none')} hint={t('usage.noneHint')} />
          return (
            <>
              <Summary rows={data} latency={latency} />
              <ChartSection rows={data} days={Number(range)} />
              <ModelTable totals={totalsBy(data, ({ model }) => model)} latency={latency} />
              <KeyTable totals={totalsBy(data, ({ key_name: name }) => name)} />
            </>
          )
        }}
      </QueryView>
    </Page>
  )
}

/** The figures of the whole range. */
function Summary({ rows, latency }: { rows: readonly UsageRow[]; latency: readonly ModelLatency[] }) {
  const { t, number } = useI18n()
  const [total] = totalsBy(rows, () => '')
  const { credits = 0, requests = 0, failed = 0 } = total ?? {}
  const slowest = Math.max(0, ...latency.map(({ p95_ms: ms }) => ms))
  return (
    <dl className="grid gap-3 sm:grid-cols-3">
      <Figure name={t('usage.metric.credits')} value={number(credits)} />
      <Figure
        name={t('usage.metric.requests')}
        value={number(requests)}
        hint={t('usage.failedShare', {
          share: number(requests === 0 ? 0 : failed / requests, { style: 'percent', maximumFractionDigits: 1 }),
        })}
      />
      <Figure
        name={t('usage.slowest')}
        value={t('playground.seconds', { seconds: number(slowest / 1000, { maximumFractionDigits: 1 }) })}
        hint={t('usage.slowestHint')}
      />
    </dl>
  )
}

function ModelTable({ totals, latency }: { totals: readonly Totals[]; latency: readonly ModelLatency[] }) {
  const { t, number } = useI18n()
  const seconds = (ms: number | undefined) =>
    ms === undefined ? '' : t('playground.seconds', { seconds: number(ms / 1000, { maximumFractionDigits: 1 }) })
  return (
    <Table
      label={t('usage.byModel')}
      head={[
        t('requests.model'),
        t('usage.requests'),
        t('usage.failed'),
        t('nav.credits'),
        t('usage.p50'),
        t('usage.p95'),
      ]}
    >
      {totals.map((total) => {
        const measured = latency.find(({ model }) => model === total.name)
        return (
          <tr key={total.name}>
            <Figures total={total} />
            <td className={`${CELL} tabular-nums`}>{seconds(measured?.p50_ms)}</td>
            <td className={`${CELL} tabular-nums`}>{seconds(measured?.p95_ms)}</td>
          </tr>
        )
      })}
    </Table>
  )
}

function KeyTable({ totals }: { totals: readonly Totals[] }) {
  const { t } = useI18n()
  return (
    <Table label={t('usage.byKey')} head={[t('usage.key'), t('usage.requests'), t('usage.failed'), t('nav.credits')]}>
      {totals.map((total) => (
        <tr key={total.name}>
          <Figures total={total} />
        </tr>
      ))}
    </Table>
  )
}

function Figures({ total }: { total: Totals }) {
  const { number } = useI18n()
  return (
    <>
      <td className={`${CELL} font-medium`}>{total.name}</td>
      <td className={`${CELL} tabular-nums`}>{number(total.requests)}</td>
      <td className={`${CELL} tabular-nums ${total.failed > 0 ? 'text-bad' : ''}`}>{number(total.failed)}</td>
      <td className={`${CELL} tabular-nums`}>{number(total.credits)}</td>
    </>
  )
}
