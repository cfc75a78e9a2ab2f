import type { Estimate, PriceBreakdown } from '@clipia/contract'
import { Info } from 'lucide-react'
import { useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'

interface PriceProps {
  /** Undefined while it is not known. */
  estimate: Estimate | undefined
  isLoading: boolean
  /** In test mode it is what it would be. */
  isTest: boolean
}

/** The exact price; how it came about opens on hover or focus, and stays open by a press. */
export function Price({ estimate, isLoading, isTest }: PriceProps) {
  const { t, number } = useI18n()
  const [isOpen, setIsOpen] = useState(false)
  if (estimate === undefined) {
    return (
      <p className="flex h-11 items-center text-xs text-pretty text-ink-faint">
        {isLoading ? t('playground.pricing') : t('playground.noPrice')}
      </p>
    )
  }
  const { credits, breakdown } = estimate
  return (
    <div className="group relative h-11">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        onKeyDown={({ key }) => key === 'Escape' && setIsOpen(false)}
        className={`text-left transition-opacity ${isLoading ? 'opacity-50' : ''}`}
      >
        <span className="block text-xl/6 font-semibold tracking-tight tabular-nums" aria-live="polite">
          {t('playground.from', { credits, shown: number(credits) })}
        </span>
        <span className="flex items-center gap-1 text-xs text-ink-faint">
          {isTest ? t('playground.wouldCost') : t('playground.howPriced')}
          <Info aria-hidden className="size-3" />
        </span>
      </button>
      <div
        className={`absolute bottom-full left-0 z-10 mb-2 w-76 max-w-[calc(100vw-3rem)] rounded-xl border border-line bg-surface p-4 shadow-xl transition-opacity group-hover:visible group-hover:opacity-100 group-focus-within:visible group-focus-within:opacity-100 ${isOpen ? '' : 'invisible opacity-0'}`}
      >
        <PriceLines breakdown={breakdown} />
      </div>
    </div>
  )
}

/** How a price came about, a line a factor. */
export function PriceLines({ breakdown }: { breakdown: PriceBreakdown }) {
  const { t, number } = useI18n()
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-xs">
      <dt>{t('playground.base', { values: valuesOf(breakdown.base_for) })}</dt>
      <dd className="text-right tabular-nums">{number(breakdown.base, { maximumFractionDigits: 6 })}</dd>
      {breakdown.factors.map(({ param, value, factor }) => (
        <Line
          key={param}
          name={`${param}: ${String(value)}`}
          value={`× ${number(factor, { maximumFractionDigits: 6 })}`}
        />
      ))}
      {breakdown.counts.map(({ param, value, unit }) => (
        <Line key={param} name={`${param} (${unit})`} value={`× ${number(value, { maximumFractionDigits: 6 })}`} />
      ))}
      <dt className="border-t border-line pt-1 text-ink-soft">{t('playground.exact')}</dt>
      <dd className="border-t border-line pt-1 text-right text-ink-soft tabular-nums">{breakdown.exact}</dd>
      <dt className="font-medium">{t('playground.roundedUp')}</dt>
      <dd className="text-right font-medium tabular-nums">{number(breakdown.credits)}</dd>
    </dl>
  )
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="min-w-0 break-words">{name}</dt>
      <dd className="text-right tabular-nums">{value}</dd>
    </>
  )
}

function valuesOf(values: Readonly<Record<string, unknown>> | undefined): string {
  const texts = Object.values(values ?? {}).map(String)
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}
