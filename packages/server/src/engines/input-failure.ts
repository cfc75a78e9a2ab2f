import { FetchRefused } from '../network/fetch-refused.ts'
import type { Failed } from './engine.ts'
import { toPublicText } from './public-text.ts'

const MESSAGE_LIMIT = 300

/**
 * How a generation ends whose input could not be brought: the caller's to mend, refunded. Null for any other error.
 * `what` names the input in a sentence, such as `image`.
 */
export function toInputFailure(error: unknown, what: string): Failed | null {
  if (!(error instanceof FetchRefused)) return null
  const message = toPublicText(`The ${what} could not be used: ${error.message}.`, MESSAGE_LIMIT)
  return { state: 'failed', code: 'INPUT_UNREACHABLE', message, isCharged: false }
}
