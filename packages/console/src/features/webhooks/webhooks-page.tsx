import type { Delivery } from '@clipia/contract'
import { useState } from 'react'
import { Link } from 'wouter'
import { rowsOf, useList } from '../../shared/api/pages.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { MoreButton } from '../../shared/ui/more-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { CELL, Table } from '../../shared/ui/table.tsx'
import { DeliveryState, RedeliverButton } from './delivery-state.tsx'
import { SecretSection } from './secret-section.tsx'
import { TestSection } from './test-section.tsx'

const STATES = ['', 'pending', 'delivered', 'dead'] as const

/** The secret of this mode, a test event, and every delivery. */
export function WebhooksPage() {
  const { t } = useI18n()
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
      <div className="justify-self-start">
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
      <QueryView query={deliveries} skeleton={<Skeleton className="h-64" />}>
        {(data) => {
          const rows = rowsOf(data)
          if (rows.length === 0) return <Empty title={t('webhooks.none')} hint={t('webhooks.noneHint')} />
          return (
            <>
              <Table
                label={t('webhooks.deliveries')}
                head={[
                  t('webhooks.url'),
                  t('webhooks.state'),
                  t('webhooks.attempts'),
                  t('requests.request'),
                  t('webhooks.since'),
                  '',
                ]}
              >
                {rows.map((row) => (
                  <Row key={row.delivery_id} row={row} />
                ))}
              </Table>
              <MoreButton query={deliveries} />
            </>
          )
        }}
      </QueryView>
    </Page>
  )
}

function Row({ row }: { row: Delivery }) {
  const { time } = useI18n()
  return (
    <tr>
      <td className={`${CELL} max-w-72 truncate font-mono text-xs`} title={row.url}>
        {row.url}
        {row.last_error !== null && <span className="block truncate font-sans text-bad">{row.last_error}</span>}
      </td>
      <td className={CELL}>
        <DeliveryState state={row.state} />
      </td>
      <td className={`${CELL} tabular-nums`}>{row.attempt_count}</td>
      <td className={CELL}>
        <Link href={`/requests/${row.request_id}`} className="font-mono text-xs text-accent hover:underline">
          {row.request_id.slice(0, 8)}…
        </Link>
      </td>
      <td className={`${CELL} text-ink-soft`}>{time(row.created_at)}</td>
      <td className={CELL}>
        <RedeliverButton id={row.delivery_id} />
      </td>
    </tr>
  )
}
