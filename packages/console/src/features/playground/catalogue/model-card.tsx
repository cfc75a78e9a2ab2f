import type { ModelEntry } from '@clipia/contract'
import { Link } from 'wouter'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { Badge } from '../../../shared/ui/badge.tsx'
import { typeIconOf } from '../type-icon.ts'
import { ModelCover } from './model-cover.tsx'

/** So many capabilities fit on a card. */
const MOST_CHIPS = 3

/** A model in the catalogue: what it makes, what it can, what it costs. */
export function ModelCard({ model }: { model: ModelEntry }) {
  const { t, number } = useI18n()
  const Icon = typeIconOf(model.type)
  const { credits } = model.pricing
  return (
    <Link
      href={`/playground/${model.slug}`}
      className="group grid h-full [contain-intrinsic-size:auto_18rem] [content-visibility:auto] grid-rows-[auto_1fr] overflow-hidden rounded-2xl border border-line bg-surface shadow-xs transition hover:-translate-y-0.5 hover:border-line-strong hover:shadow-lg motion-reduce:transform-none"
    >
      <div className="relative h-32 overflow-hidden">
        <ModelCover
          model={model}
          className="size-full transition-transform duration-300 group-hover:scale-105 motion-reduce:transform-none"
        />
        <span className="absolute top-3 left-3 grid size-7 place-items-center rounded-lg bg-black/45 text-white backdrop-blur">
          <Icon aria-hidden className="size-4" />
        </span>
        {model.available === false && (
          <span className="absolute top-3 right-3 rounded-md bg-black/60 px-2 py-1 text-xs font-medium text-white backdrop-blur">
            {t('playground.sandboxOnly')}
          </span>
        )}
      </div>
      <div className="grid min-w-0 grid-rows-[auto_1fr_auto] gap-2.5 p-4">
        <div className="min-w-0">
          <div className="flex items-baseline justify-between gap-3">
            <h2 className="truncate text-base font-semibold tracking-tight">{model.name}</h2>
            <p className="shrink-0 font-medium whitespace-nowrap tabular-nums">
              {credits === 0 ? t('playground.free') : t('playground.from', { credits, shown: number(credits) })}
            </p>
          </div>
          <p className="truncate font-mono text-xs text-ink-faint">{model.slug}</p>
        </div>
        <p className="line-clamp-2 text-ink-soft">{model.description}</p>
        <div className="flex flex-wrap gap-1">
          {model.capabilities.slice(0, MOST_CHIPS).map((capability) => (
            <Badge key={capability}>{capability}</Badge>
          ))}
        </div>
      </div>
    </Link>
  )
}
