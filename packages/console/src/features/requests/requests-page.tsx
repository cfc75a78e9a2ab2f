import type { RequestEntry } from '@clipia/contract'
import type { FormEvent } from 'react'
import { Link, useLocation } from 'wouter'
import { rowsOf } from '../../shared/api/pages.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { CsvButton } from '../../shared/ui/csv-button.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { INPUT } from '../../shared/ui/field.tsx'
import { MoreButton } from '../../shared/ui/more-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { StatusBadge } from '../../shared/ui/status-badge.tsx'
import { CELL, Table } from '../../shared/ui/table.tsx'
import { useAddressFilter } from '../../shared/ui/use-address-filter.ts'
import { tookSeconds, useRequests } from './requests.ts'

const STATUSES = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELED'] as const
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Every request of this mode, live; filters stand in the address, and an id opens its page. */
export function RequestsPage() {
  const { t } = useI18n()
  const [mode] = useMode()
  const [, navigate] = useLocation()
  const [read, change] = useAddressFilter()
  const filter = { status: read('status'), model: read('model') }
  const requests = useRequests(mode, filter)
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('q')).trim()
    if (ID.test(text)) navigate(`/requests/${text}`)
    else change('model', text)
  }
  return (
    <Page
      title={t('nav.requests')}
      lead={t('requests.lead')}
      actions={<CsvButton path={`/${mode}/requests`} name={`requests-${mode}.csv`} />}
    >
      <form onSubmit={search} className="flex flex-wrap gap-2">
        <input
          type="search"
          name="q"
          defaultValue={filter.model}
          aria-label={t('requests.search')}
          placeholder={t('requests.search')}
          className={`${INPUT} min-w-48 flex-1`}
        />
        <select
          aria-label={t('requests.status')}
          value={filter.status}
          onChange={({ target }) => change('status', target.value)}
          className={`${INPUT} sm:w-auto`}
        >
          <option value="">{t('requests.anyStatus')}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`status.${status}`)}
            </option>
          ))}
        </select>
      </form>
      <QueryView query={requests} skeleton={<Skeleton className="h-96" />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('requests.none')} hint={t('requests.noneHint')} />
          return (
            <>
              <Table
                label={t('nav.requests')}
                head={[
                  t('requests.request'),
                  t('requests.model'),
                  t('requests.status'),
                  t('requests.cost'),
                  t('playground.took'),
                  t('requests.submitted'),
                ]}
              >
                {rows.map((row) => (
                  <Row key={row.request_id} row={row} />
                ))}
              </Table>
              <MoreButton query={requests} />
            </>
          )
        }}
      </QueryView>
    </Page>
  )
}

function Row({ row }: { row: RequestEntry }) {
  const { t, number, time } = useI18n()
  const seconds = tookSeconds(row)
  return (
    <tr className="hover:bg-sunken">
      <td className={CELL}>
        <Link href={`/requests/${row.request_id}`} className="font-mono text-xs text-accent hover:underline">
          {row.request_id.slice(0, 8)}…{row.request_id.slice(-4)}
        </Link>
      </td>
      <td className={CELL}>{row.model}</td>
      <td className={CELL}>
        <StatusBadge status={row.status} />
      </td>
      <td className={`${CELL} tabular-nums`}>{number(row.charged ?? row.cost)}</td>
      <td className={`${CELL} text-ink-soft tabular-nums`}>
        {seconds === null ? '' : t('playground.seconds', { seconds: number(seconds, { maximumFractionDigits: 1 }) })}
      </td>
      <td className={`${CELL} text-ink-soft`}>{time(row.created_at)}</td>
    </tr>
  )
}
