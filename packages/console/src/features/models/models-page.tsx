import type { EngineEntry } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Section } from '../../shared/ui/section.tsx'

/** For owners: every engine, whether it can run, what waits for it, and its models. */
export function ModelsPage() {
  const { t } = useI18n()
  const engines = useQuery({
    queryKey: ['engines'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) => call<{ data: EngineEntry[] }>('GET', '/engines', { signal }),
  })
  return (
    <Page title={t('nav.models')} lead={t('models.lead')}>
      <QueryView query={engines} skeleton={<Skeleton className="h-96" />}>
        {({ data }) => data.map((engine) => <EngineCard key={engine.name} engine={engine} />)}
      </QueryView>
    </Page>
  )
}

function EngineCard({ engine }: { engine: EngineEntry }) {
  const { t } = useI18n()
  const state = engine.is_active ? (
    <Badge tone="good">{t('models.active')}</Badge>
  ) : (
    <Badge>{t('models.inactive')}</Badge>
  )
  return (
    <Section title={engine.name} action={state}>
      <p className="text-ink-soft tabular-nums">
        {t('models.load', { waiting: engine.waiting, running: engine.running })}
        {engine.capacity !== null && ` ${t('models.capacity', { capacity: engine.capacity })}`}
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        {engine.models.map((model) => (
          <li key={model.slug} className={model.is_active ? '' : 'text-ink-faint'}>
            <Link href={`/playground/${model.slug}`} className="font-mono text-xs underline-offset-2 hover:underline">
              {model.slug}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
