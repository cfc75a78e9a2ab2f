import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { SIGN_IN_BUCKETS, takeSharedToken } from './take-shared-token.ts'

/** Attempts a minute from one address, and for one email; as many at once after a pause. */
const ATTEMPTS_PER_MINUTE = 10

/**
 * Counts an attempt to sign in against each of its subjects (an address, an email), which are stored as hashes only.
 * Throws `rate_limit_exceeded` when one of them has had too many.
 */
export async function takeSignInToken(database: Database, subjects: readonly string[], nowMs: number): Promise<void> {
  for (const subject of subjects) {
    const bucketId = createHash('sha256').update(subject).digest('hex')
    const { isAllowed, retryAfterSeconds } = await takeSharedToken(
      database,
      SIGN_IN_BUCKETS,
      bucketId,
      ATTEMPTS_PER_MINUTE,
      nowMs,
    )
    if (!isAllowed) {
      throw new ClipiaError('rate_limit_exceeded', 'Too many attempts; try again later.', { retryAfterSeconds })
    }
  }
}
