import type { ModelEntry } from '@clipia/contract'
import { AudioLines, Clapperboard, Image } from 'lucide-react'
import { Link } from 'wouter'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'

/** Icon by what a model makes; types are open, so an unknown one has the picture's. */
const ICONS: Readonly<Record<string, typeof Image>> = { image: Image, video: Clapperboard, audio: AudioLines }

/** A model in the catalogue: what it does and what it costs. */
export function ModelCard({ model }: { model: ModelEntry }) {
  const { t, number } = useI18n()
  const Icon = ICONS[model.type] ?? Image
  return (
    <Link
      href={`/playground/${model.slug}`}
      className="group grid grid-rows-[auto_1fr_auto] gap-3 rounded-2xl border border-line bg-surface p-4 transition-colors hover:border-accent"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-base font-semibold tracking-tight group-hover:text-accent">{model.name}</h2>
          <p className="truncate font-mono text-xs text-ink-faint">{model.slug}</p>
        </div>
        <Icon aria-hidden className="size-5 shrink-0 text-ink-faint" />
      </div>
      <p className="line-clamp-3 text-ink-soft">{model.description}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap gap-1">
          {model.available === false && <Badge tone="warn">{t('playground.sandboxOnly')}</Badge>}
          {model.capabilities.slice(0, 2).map((capability) => (
            <Badge key={capability}>{capability}</Badge>
          ))}
        </div>
        <p className="font-medium whitespace-nowrap tabular-nums">
          {model.pricing.credits === 0
            ? t('playground.free')
            : t('playground.from', { credits: model.pricing.credits, shown: number(model.pricing.credits) })}
        </p>
      </div>
    </Link>
  )
}
