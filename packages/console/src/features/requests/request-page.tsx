import type { DeliveryLog, LedgerEntry, RequestInput, Result } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { call } from '../../shared/api/call.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { StatusBadge } from '../../shared/ui/status-badge.tsx'
import { OutputView } from '../playground/output/output-view.tsx'
import { useLiveStatus, useResult } from '../playground/run/run.ts'
import { DeliveriesPart } from './deliveries-part.tsx'
import { InputPart } from './input-part.tsx'
import { LedgerPart } from './ledger-part.tsx'
import { TimelinePart } from './timeline-part.tsx'

/** One request: its timeline, input, output, price, ledger lines and webhooks. */
export function RequestPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { t } = useI18n()
  const [mode] = useMode()
  const status = useLiveStatus(mode, id)
  const isOver = status !== null && status.status !== 'IN_QUEUE' && status.status !== 'IN_PROGRESS'
  const result = useResult(mode, id, isOver)
  const input = useQuery({
    queryKey: ['request-input', mode, id],
    queryFn: ({ signal }) => call<RequestInput>('GET', `/${mode}/requests/${id}/input`, { signal }),
  })
  const ledger = useQuery({
    queryKey: ['ledger', mode, id, isOver],
    queryFn: ({ signal }) => call<{ data: LedgerEntry[] }>('GET', `/${mode}/account/ledger?request=${id}`, { signal }),
  })
  const deliveries = useQuery({
    queryKey: ['deliveries', mode, id, isOver],
    queryFn: ({ signal }) => call<{ data: DeliveryLog[] }>('GET', `/${mode}/requests/${id}/deliveries`, { signal }),
  })
  return (
    <Page
      title={t('requests.request')}
      lead={
        <span className="flex items-center gap-1 font-mono text-xs wrap-anywhere">
          {id}
          <CopyButton text={id} label={t('playground.copyId')} isSmall />
        </span>
      }
      back={{ href: '/requests', label: t('nav.requests') }}
      actions={status !== null && <StatusBadge status={status.status} />}
    >
      <QueryView query={input} skeleton={<PartsSkeleton />}>
        {(asked) => (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <div className="grid min-w-0 gap-4">
              {status !== null && <TimelinePart status={status} result={result.data} />}
              {result.data !== undefined && <OutcomePart result={result.data} asked={asked} />}
            </div>
            <div className="grid min-w-0 gap-4">
              <InputPart asked={asked} model={result.data?.model} />
              {ledger.data !== undefined && <LedgerPart entries={ledger.data.data} />}
              {deliveries.data !== undefined && <DeliveriesPart deliveries={deliveries.data.data} />}
            </div>
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function PartsSkeleton() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Skeleton className="h-96 rounded-2xl" />
      <Skeleton className="h-72 rounded-2xl" />
    </div>
  )
}

function OutcomePart({ result, asked }: { result: Result; asked: RequestInput }) {
  const { t } = useI18n()
  const prompt = asked.input.prompt
  if (result.output !== undefined) {
    return (
      <Section title={t('requests.output')}>
        <OutputView output={result.output} alt={typeof prompt === 'string' ? prompt : result.model} />
      </Section>
    )
  }
  if (result.error === undefined) return null
  return (
    <Section title={t('requests.failure')}>
      <p className="font-mono text-xs text-bad">{result.error.code}</p>
      <p>{result.error.message}</p>
    </Section>
  )
}
