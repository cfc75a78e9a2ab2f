import type { EstimateResponse } from '@clipia/client'
import { formatCredits } from '../terminal/format-credits.ts'

/** How a price came about, in one line: `4 credits = 1 x 4 images`. */
export function explainPrice({ credits, breakdown }: Pick<EstimateResponse, 'credits' | 'breakdown'>): string {
  const { base, base_for: baseFor = {}, factors, counts } = breakdown
  const chosen = Object.values(baseFor).join(', ')
  const parts = [
    `${base}${chosen === '' ? '' : ` (${chosen})`}`,
    ...factors.filter(({ factor }) => factor !== 1).map(({ param, value, factor }) => `${factor} (${param} ${value})`),
    ...counts.map(({ value, unit }) => `${value} ${unit}${value === 1 || unit.endsWith('s') ? '' : 's'}`),
  ]
  return parts.length === 1 ? formatCredits(credits) : `${formatCredits(credits)} = ${parts.join(' × ')}`
}
