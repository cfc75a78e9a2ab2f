import type { Account, LedgerEntry, LedgerKind } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../shared/api/call.ts'
import { rowsOf, useList } from '../../shared/api/pages.ts'
import { type I18n, useI18n } from '../../shared/i18n/i18n.tsx'
import { CsvButton } from '../../shared/ui/csv-button.tsx'
import { type Column, DataTable } from '../../shared/ui/data-table.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { Figure } from '../../shared/ui/figure.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { RequestLink } from '../../shared/ui/request-link.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { TableSkeleton } from '../../shared/ui/table-skeleton.tsx'

const KINDS = ['', 'grant', 'charge', 'refund'] as const satisfies readonly ('' | LedgerKind)[]

/** The balance, and every movement that led to it. Credits are live: the sandbox costs nothing. */
export function CreditsPage() {
  const i18n = useI18n()
  const { t, number } = i18n
  const [kind, setKind] = useState<(typeof KINDS)[number]>('')
  const account = useQuery({
    queryKey: ['account', 'live'],
    queryFn: ({ signal }) => call<Account>('GET', '/live/account', { signal }),
  })
  const path = `/live/account/ledger${kind === '' ? '' : `?kind=${kind}`}`
  const ledger = useList<LedgerEntry>(['ledger', 'live', kind], path, { isLive: true })
  return (
    <Page
      title={t('nav.credits')}
      lead={t('credits.lead')}
      actions={<CsvButton path="/live/account/ledger" name="ledger.csv" />}
    >
      <QueryView query={account} skeleton={<Skeleton className="h-24" />}>
        {({ balance, usage_30d: usage }) => (
          <dl className="grid gap-3 sm:grid-cols-3">
            <Figure name={t('credits.balance')} value={number(balance.credits)} />
            <Figure name={t('credits.reserved')} value={number(balance.reserved)} hint={t('credits.reservedHint')} />
            <Figure
              name={t('credits.month')}
              value={number(usage.credits_spent)}
              hint={t('credits.requests', { count: usage.requests })}
            />
          </dl>
        )}
      </QueryView>
      <div className="max-w-full min-w-0 justify-self-start">
        <Segmented
          label={t('credits.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(value === '' ? 'credits.all' : `credits.kind.${value}`) }))}
          onChange={setKind}
        />
      </div>
      <QueryView query={ledger} skeleton={<TableSkeleton />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('credits.none')} hint={t('credits.noneHint')} />
          return (
            <DataTable
              label={t('credits.ledger')}
              columns={columnsIn(i18n)}
              rows={rows}
              keyOf={(row) => String(row.seq)}
              more={ledger}
            />
          )
        }}
      </QueryView>
    </Page>
  )
}

function columnsIn({ t, number, time }: I18n): Column<LedgerEntry>[] {
  const figure = 'text-right tabular-nums'
  return [
    { id: 'seq', head: '#', className: 'text-ink-faint tabular-nums max-sm:hidden', cell: (row) => row.seq },
    { id: 'kind', head: t('credits.kind'), cell: (row) => t(`credits.kind.${row.kind}`) },
    {
      id: 'for',
      head: t('credits.for'),
      className: 'max-w-64 truncate max-sm:max-w-24',
      cell: (row) => (row.request_id === null ? (row.reference ?? row.note) : <RequestLink id={row.request_id} />),
    },
    {
      id: 'amount',
      head: t('credits.amount'),
      className: figure,
      cell: (row) => (
        <span className={row.credits > 0 ? 'text-good' : ''}>{number(row.credits, { signDisplay: 'exceptZero' })}</span>
      ),
    },
    { id: 'after', head: t('credits.after'), className: figure, cell: (row) => number(row.balance_after) },
    {
      id: 'when',
      head: t('credits.when'),
      className: 'text-ink-soft max-md:hidden',
      cell: (row) => time(row.created_at, { dateStyle: 'medium', timeStyle: 'medium' }),
    },
  ]
}
