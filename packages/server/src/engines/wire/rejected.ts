import type { Failed } from '../engine.ts'

/** How a job ends whose content the provider rejects. Its own words are left out: they often repeat the content. */
export const REJECTED: Failed = {
  state: 'failed',
  code: 'CONTENT_REJECTED',
  message: 'The provider rejected the content.',
  isCharged: false,
}

/** How a job ends that came back with nothing that could be brought home. */
export const MADE_NOTHING: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The provider answered without media.',
  isCharged: false,
}

/** How a job ends whose input the provider refused; `reason` is its own words, cleaned before they reach a caller. */
export function refusedInput(reason: string | null): Failed {
  const message = `The provider refused the input: ${reason ?? 'it does not say why'}`
  return { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false }
}
