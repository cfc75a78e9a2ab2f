/** The longest a wait is held. */
export const LONGEST_WAIT_SECONDS = 30

/**
 * The seconds of `Prefer: wait=N` (RFC 7240), at most {@link LONGEST_WAIT_SECONDS}; null when there is none. A preference that makes no sense is
 * ignored, as the standard asks.
 */
export function readWaitPreference(prefer: string | undefined): number | null {
  for (const preference of (prefer ?? '').split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;|$)/i.exec(preference)?.[1]
    if (seconds !== undefined) return Math.min(Number(seconds), LONGEST_WAIT_SECONDS)
  }
  return null
}
