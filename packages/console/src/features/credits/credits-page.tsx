import type { Account, LedgerEntry, LedgerKind } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { call } from '../../shared/api/call.ts'
import { rowsOf, useList } from '../../shared/api/pages.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { CsvButton } from '../../shared/ui/csv-button.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { MoreButton } from '../../shared/ui/more-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { CELL, Table } from '../../shared/ui/table.tsx'

const KINDS = ['', 'grant', 'charge', 'refund'] as const satisfies readonly ('' | LedgerKind)[]

/** The balance, and every movement that led to it. Credits are live: the sandbox costs nothing. */
export function CreditsPage() {
  const { t, number } = useI18n()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('')
  const account = useQuery({
    queryKey: ['account', 'live'],
    queryFn: ({ signal }) => call<Account>('GET', '/live/account', { signal }),
  })
  const path = `/live/account/ledger${kind === '' ? '' : `?kind=${kind}`}`
  const ledger = useList<LedgerEntry>(['ledger', 'live', kind], path)
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
      <div className="justify-self-start">
        <Segmented
          label={t('credits.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(value === '' ? 'credits.all' : `credits.kind.${value}`) }))}
          onChange={setKind}
        />
      </div>
      <QueryView query={ledger} skeleton={<Skeleton className="h-64" />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('credits.none')} hint={t('credits.noneHint')} />
          return (
            <>
              <Table
                label={t('credits.ledger')}
                head={[
                  '#',
                  t('credits.kind'),
                  t('credits.amount'),
                  t('credits.after'),
                  t('credits.for'),
                  t('credits.when'),
                ]}
              >
                {rows.map((row) => (
                  <Row key={row.seq} row={row} />
                ))}
              </Table>
              <MoreButton query={ledger} />
            </>
          )
        }}
      </QueryView>
    </Page>
  )
}

function Figure({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div className="rounded-2xl border border-line bg-surface p-5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums">{value}</dd>
      {hint !== undefined && <dd className="mt-0.5 text-xs text-ink-faint">{hint}</dd>}
    </div>
  )
}

function Row({ row }: { row: LedgerEntry }) {
  const { t, number, time } = useI18n()
  return (
    <tr>
      <td className={`${CELL} text-ink-faint tabular-nums`}>{row.seq}</td>
      <td className={CELL}>{t(`credits.kind.${row.kind}`)}</td>
      <td className={`${CELL} tabular-nums ${row.credits > 0 ? 'text-good' : ''}`}>
        {number(row.credits, { signDisplay: 'exceptZero' })}
      </td>
      <td className={`${CELL} tabular-nums`}>{number(row.balance_after)}</td>
      <td className={CELL}>
        {row.request_id === null ? (
          <span className="text-ink-soft">{row.reference ?? row.note}</span>
        ) : (
          <Link href={`/requests/${row.request_id}`} className="font-mono text-xs text-accent hover:underline">
            {row.request_id.slice(0, 8)}…{row.request_id.slice(-4)}
          </Link>
        )}
      </td>
      <td className={`${CELL} text-ink-soft`}>{time(row.created_at)}</td>
    </tr>
  )
}
