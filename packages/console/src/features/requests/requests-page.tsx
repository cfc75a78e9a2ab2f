import type { RequestEntry } from '@clipia/contract'
import { Search } from 'lucide-react'
import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import { rowsOf } from '../../shared/api/pages.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { type I18n, useI18n } from '../../shared/i18n/i18n.tsx'
import { CsvButton } from '../../shared/ui/csv-button.tsx'
import { type Column, DataTable } from '../../shared/ui/data-table.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { INPUT } from '../../shared/ui/field.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView } from '../../shared/ui/query-view.tsx'
import { RequestLink } from '../../shared/ui/request-link.tsx'
import { StatusBadge } from '../../shared/ui/status-badge.tsx'
import { TableSkeleton } from '../../shared/ui/table-skeleton.tsx'
import { useAddressFilter } from '../../shared/ui/use-address-filter.ts'
import { REQUEST_ID, tookSeconds, useRequests } from './requests.ts'

const STATUSES = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELED'] as const

/** Every request of this mode, live; filters stand in the address, and an id opens its page. */
export function RequestsPage() {
  const i18n = useI18n()
  const { t } = i18n
  const [mode] = useMode()
  const [, navigate] = useLocation()
  const [read, change] = useAddressFilter()
  const filter = { status: read('status'), model: read('model') }
  const requests = useRequests(mode, filter)
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('q')).trim()
    if (REQUEST_ID.test(text)) navigate(`/requests/${text}`)
    else change('model', text)
  }
  return (
    <Page
      title={t('nav.requests')}
      lead={t('requests.lead')}
      actions={<CsvButton path={`/${mode}/requests`} name={`requests-${mode}.csv`} />}
    >
      <form onSubmit={search} className="flex flex-wrap gap-2">
        <div className="relative min-w-48 flex-1">
          <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-ink-faint" />
          <input
            type="search"
            name="q"
            defaultValue={filter.model}
            aria-label={t('requests.search')}
            placeholder={t('requests.search')}
            className={`${INPUT} pl-9`}
          />
        </div>
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
      <QueryView query={requests} skeleton={<TableSkeleton />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('requests.none')} hint={t('requests.noneHint')} />
          return (
            <DataTable
              label={t('nav.requests')}
              columns={columnsIn(i18n)}
              rows={rows}
              keyOf={(row) => row.request_id}
              more={requests}
            />
          )
        }}
      </QueryView>
    </Page>
  )
}

function columnsIn({ t, number, time }: I18n): Column<RequestEntry>[] {
  const seconds = (row: RequestEntry) => {
    const took = tookSeconds(row)
    return took === null ? '' : t('playground.seconds', { seconds: number(took, { maximumFractionDigits: 1 }) })
  }
  const figure = 'text-right tabular-nums'
  return [
    { id: 'request', head: t('requests.request'), cell: (row) => <RequestLink id={row.request_id} /> },
    {
      id: 'model',
      head: t('requests.model'),
      className: 'max-w-56 truncate font-medium max-sm:max-w-24',
      cell: (row) => row.model,
    },
    { id: 'status', head: t('requests.status'), cell: (row) => <StatusBadge status={row.status} /> },
    { id: 'cost', head: t('requests.cost'), className: figure, cell: (row) => number(row.charged ?? row.cost) },
    { id: 'took', head: t('playground.took'), className: `${figure} text-ink-soft max-md:hidden`, cell: seconds },
    {
      id: 'submitted',
      head: t('requests.submitted'),
      className: 'text-ink-soft max-sm:hidden',
      cell: (row) => time(row.created_at, { dateStyle: 'medium', timeStyle: 'medium' }),
    },
  ]
}
