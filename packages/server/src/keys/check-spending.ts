import { toMicro } from '../credits/amount.ts'
import { ClipiaError } from '../errors.ts'

/** What bounds the spending of a key: `budget` in micro-credits, `quoteThreshold` in credits; null lifts the bound. */
export interface SpendingBounds {
  budget?: number | null | undefined
  quoteThreshold?: number | null | undefined
}

/** In the units of {@link SpendingBounds}: a billion credits. */
const MOST = { budget: toMicro(1_000_000_000), quoteThreshold: 1_000_000_000 } as const

/** Refuses bounds that are no whole numbers from 0, or beyond what the database can hold. */
export function checkSpending({ budget, quoteThreshold }: SpendingBounds): void {
  for (const [param, value] of [
    ['budget', budget],
    ['quoteThreshold', quoteThreshold],
  ] as const) {
    if (value === undefined || value === null) continue
    if (!(Number.isSafeInteger(value) && value >= 0 && value <= MOST[param])) {
      throw new ClipiaError('invalid_request', `${param} must be a whole number of credits from 0 to 1000000000`, {
        param,
      })
    }
  }
}
