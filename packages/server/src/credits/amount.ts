/** Micro-credits in a credit: amounts are whole numbers of micro-credits everywhere inside. */
export const MICRO = 1_000_000

/** Whole credits as micro-credits. Throws when the amount would lose digits. */
export function toMicro(credits: number): number {
  const micro = credits * MICRO
  if (!Number.isSafeInteger(credits) || !Number.isSafeInteger(micro)) throw new Error(`not an amount: ${credits}`)
  return micro
}

/** Micro-credits as credits for the wire; whole unless a grant was fractional. */
export function toCredits(micro: number): number {
  return micro / MICRO
}
