import type { EngineEntry } from '@clipia/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { call } from '../../shared/api/call.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { Section } from '../../shared/ui/section.tsx'

const GRID = 'gap-4 *:mb-4 *:break-inside-avoid lg:columns-2'
const PLACES = ['a', 'b', 'c', 'd', 'e', 'f']

/** For owners: every engine, whether it can run, what waits for it, and its models. Those that can run come first. */
export function ModelsPage() {
  const { t } = useI18n()
  const engines = useQuery({
    queryKey: ['engines'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) => call<{ data: EngineEntry[] }>('GET', '/engines', { signal }),
  })
  return (
    <Page title={t('nav.models')} lead={t('models.lead')} isWide>
      <QueryView query={engines} skeleton={<Places />}>
        {({ data }) => (
          <div className={GRID}>
            {[...data]
              .sort((left, right) => Number(right.is_active) - Number(left.is_active))
              .map((engine) => (
                <EngineCard key={engine.name} engine={engine} />
              ))}
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function Places() {
  return (
    <div className={GRID}>
      {PLACES.map((place) => (
        <Skeleton key={place} className="h-44 rounded-2xl" />
      ))}
    </div>
  )
}

function EngineCard({ engine }: { engine: EngineEntry }) {
  const { t, number } = useI18n()
  const { name, is_active: isActive, capacity, waiting, running, models } = engine
  return (
    <Section
      title={name}
      action={<Badge {...(isActive && { tone: 'good' })}>{t(isActive ? 'models.active' : 'models.inactive')}</Badge>}
    >
      {isActive && (
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Load
            name={t('models.running')}
            value={capacity === null ? number(running) : `${number(running)} / ${number(capacity)}`}
          />
          <Load name={t('models.waiting')} value={number(waiting)} />
        </dl>
      )}
      {isActive && capacity !== null && (
        <meter
          aria-label={t('models.running')}
          min={0}
          max={capacity}
          value={Math.min(running, capacity)}
          className="h-1.5 w-full overflow-hidden rounded-full [&::-webkit-meter-bar]:h-1.5 [&::-webkit-meter-bar]:rounded-full [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-sunken [&::-webkit-meter-optimum-value]:bg-accent"
        />
      )}
      <ul className="flex flex-wrap gap-1.5">
        {models.map((model) => (
          <li key={model.slug}>
            <Link
              href={`/playground/${model.slug}`}
              title={model.name}
              className={`block rounded-md border border-line px-2 py-1 font-mono text-xs hover:border-accent hover:text-accent ${model.is_active ? '' : 'text-ink-faint'}`}
            >
              {model.slug}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Load({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  )
}
