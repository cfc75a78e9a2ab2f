import type { Estimate, PriceBreakdown } from '@clipia/contract'
import { useI18n } from '../../../shared/i18n/i18n.tsx'

interface PriceProps {
  /** Undefined while it is not known. */
  estimate: Estimate | undefined
  isLoading: boolean
  /** In test mode it is what it would be. */
  isTest: boolean
}

/** The exact price; how it came about opens on hover, focus or click. */
export function Price({ estimate, isLoading, isTest }: PriceProps) {
  const { t, number } = useI18n()
  if (estimate === undefined) {
    return <p className="h-11 text-ink-faint">{isLoading ? t('playground.pricing') : t('playground.noPrice')}</p>
  }
  const { credits, breakdown } = estimate
  return (
    <details className="group relative h-11">
      <summary className={`list-none ${isLoading ? 'opacity-50' : ''}`}>
        <span className="text-xl font-semibold tracking-tight tabular-nums" aria-live="polite">
          {t('playground.from', { credits, shown: number(credits) })}
        </span>
        <span className="block text-xs text-ink-faint underline decoration-dotted underline-offset-2">
          {isTest ? t('playground.wouldCost') : t('playground.howPriced')}
        </span>
      </summary>
      <div className="absolute bottom-full left-0 z-10 mb-2 w-72 rounded-xl border border-line bg-surface p-3 shadow-lg">
        <PriceLines breakdown={breakdown} />
      </div>
    </details>
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
