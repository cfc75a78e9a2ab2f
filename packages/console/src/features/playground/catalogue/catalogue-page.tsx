import { Search } from 'lucide-react'
import { useMemo } from 'react'
import { useMode } from '../../../shared/api/use-mode.ts'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Empty } from '../../../shared/ui/empty.tsx'
import { INPUT } from '../../../shared/ui/field.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../../shared/ui/query-view.tsx'
import { Segmented } from '../../../shared/ui/segmented.tsx'
import { useAddressFilter } from '../../../shared/ui/use-address-filter.ts'
import { filterModels, type ModelFilter, useModels } from '../models.ts'
import { ModelCard } from './model-card.tsx'

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-4'
/** Cards that stand there while the catalogue loads. */
const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
const TYPES = ['', 'image', 'video', 'audio'] as const

/** The catalogue: search, filters, a card a model. What one looks for stands in the address. */
export function CataloguePage() {
  const { t } = useI18n()
  const [mode] = useMode()
  const models = useModels(mode)
  const [read, change] = useAddressFilter()
  const filter: ModelFilter = {
    text: read('q'),
    type: read('type'),
    capability: read('capability'),
  }
  const capabilities = useMemo(
    () => [...new Set(models.data?.data.flatMap((model) => model.capabilities))].sort(),
    [models.data],
  )
  return (
    <Page title={t('nav.playground')} lead={t('playground.lead')} isWide>
      <search className="flex flex-wrap items-center gap-2">
        <div className="relative min-w-48 grow">
          <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-ink-faint" />
          <input
            type="search"
            aria-label={t('playground.search')}
            placeholder={t('playground.search')}
            value={filter.text}
            onChange={({ target }) => change('q', target.value)}
            className={`${INPUT} pl-9`}
          />
        </div>
        <Segmented
          label={t('playground.type')}
          value={filter.type}
          options={TYPES.map((value) => ({ value, label: t(`playground.type.${value === '' ? 'all' : value}`) }))}
          onChange={(value) => change('type', value)}
        />
        <select
          aria-label={t('playground.capability')}
          value={filter.capability}
          onChange={({ target }) => change('capability', target.value)}
          className={`${INPUT} sm:w-auto`}
        >
          <option value="">{t('playground.anyCapability')}</option>
          {capabilities.map((capability) => (
            <option key={capability}>{capability}</option>
          ))}
        </select>
      </search>
      <QueryView query={models} skeleton={<CardSkeletons />}>
        {({ data }) => {
          const found = filterModels(data, filter)
          if (found.length === 0) return <Empty title={t('playground.noModels')} hint={t('playground.noModelsHint')} />
          return (
            <div className={GRID}>
              {found.map((model) => (
                <ModelCard key={model.slug} model={model} />
              ))}
            </div>
          )
        }}
      </QueryView>
    </Page>
  )
}

function CardSkeletons() {
  return (
    <div className={GRID}>
      {PLACES.map((place) => (
        <Skeleton key={place} className="h-72 rounded-2xl" />
      ))}
    </div>
  )
}
