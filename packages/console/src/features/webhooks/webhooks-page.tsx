import type { Delivery } from '@clipia/contract'
import { useState } from 'react'
import { rowsOf, useList } from '../../shared/api/pages.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { type I18n, useI18n } from '../../shared/i18n/i18n.tsx'
import { type Column, DataTable } from '../../shared/ui/data-table.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView } from '../../shared/ui/query-view.tsx'
import { RequestLink } from '../../shared/ui/request-link.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { TableSkeleton } from '../../shared/ui/table-skeleton.tsx'
import { DeliveryState, RedeliverButton } from './delivery-state.tsx'
import { SecretSection } from './secret-section.tsx'
import { TestSection } from './test-section.tsx'

const STATES = ['', 'pending', 'delivered', 'dead'] as const

/** The secret of this mode, a test event, and every delivery. */
export function WebhooksPage() {
  const i18n = useI18n()
  const { t } = i18n
  const [mode] = useMode()
  const [state, setState] = useState<(typeof STATES)[number]>('')
  const filter = state === '' ? '' : `?state=${state}`
  const deliveries = useList<Delivery>(['deliveries', mode, state], `/${mode}/deliveries${filter}`, { isLive: true })
  return (
    <Page title={t('nav.webhooks')} lead={t('webhooks.lead')}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <SecretSection mode={mode} />
        <TestSection mode={mode} />
      </div>
      <div className="max-w-full min-w-0 justify-self-start">
        <Segmented
          label={t('webhooks.deliveries')}
          value={state}
          options={STATES.map((value) => ({
            value,
            label: t(value === '' ? 'webhooks.all' : `webhooks.state.${value}`),
          }))}
          onChange={setState}
        />
      </div>
      <QueryView query={deliveries} skeleton={<TableSkeleton />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('webhooks.none')} hint={t('webhooks.noneHint')} />
          return (
            <DataTable
              label={t('webhooks.deliveries')}
              columns={columnsIn(i18n)}
              rows={rows}
              keyOf={(row) => row.delivery_id}
              more={deliveries}
            />
          )
        }}
      </QueryView>
    </Page>
  )
}

function columnsIn({ t, time }: I18n): Column<Delivery>[] {
  return [
    {
      id: 'url',
      head: t('webhooks.url'),
      className: 'max-w-72 max-sm:max-w-28',
      cell: ({ url, last_error: error }) => (
        <>
          <span className="block truncate font-mono text-xs" title={url}>
            {url}
          </span>
          {error !== null && (
            <span className="block truncate text-xs text-bad" title={error}>
              {error}
            </span>
          )}
        </>
      ),
    },
    { id: 'state', head: t('webhooks.state'), cell: (row) => <DeliveryState state={row.state} /> },
    {
      id: 'attempts',
      head: t('webhooks.attempts'),
      className: 'text-right tabular-nums max-md:hidden',
      cell: (row) => row.attempt_count,
    },
    {
      id: 'request',
      head: t('requests.request'),
      className: 'max-sm:hidden',
      cell: (row) => <RequestLink id={row.request_id} />,
    },
    {
      id: 'since',
      head: t('webhooks.since'),
      className: 'text-ink-soft max-lg:hidden',
      cell: (row) => time(row.created_at),
    },
    {
      id: 'redeliver',
      head: t('webhooks.again'),
      className: 'text-right',
      cell: (row) => <RedeliverButton id={row.delivery_id} />,
    },
  ]
}
