import { ClipiaError } from '../errors.ts'

/** What bounds the spending of a key: `budget` in micro-credits, `quoteThreshold` in credits; null lifts the bound. */
export interface SpendingBounds {
  budget?: number | null | undefined
  quoteThreshold?: number | null | undefined
}

/** Refuses bounds that are no whole numbers from 0. */
export function checkSpending({ budget, quoteThreshold }: SpendingBounds): void {
  for (const [param, value] of Object.entries({ budget, quoteThreshold })) {
    if (value !== undefined && value !== null && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new ClipiaError('invalid_request', `${param} must be a whole number from 0`, { param })
    }
  }
}
