import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { KEY_BUCKETS, takeSharedToken } from './take-shared-token.ts'
import { type Bucket, TOKEN, type TokenAnswer, takeToken } from './token-bucket.ts'

/** Reads have a bucket of their own, this many times larger, so that polling never starves submits. */
const READS_PER_WRITE = 20
const MOST_BUCKETS = 100_000

/** Counts the requests of keys. */
export interface RateLimiter {
  /** Takes a token of the key's bucket. Whether to refuse is the caller's to say, with {@link rateRefusal}. */
  take(key: ApiKey, bucket: 'read' | 'write'): Promise<TokenAnswer>
}

/**
 * Creates the limiter of a node. Writes are counted exactly over all nodes: in memory where this process is the only
 * one, else in the database. Reads are counted on each node.
 */
export function createRateLimiter(database: Database, clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>()

  function takeHere(name: string, perMinute: number): TokenAnswer {
    let bucket = buckets.get(name)
    if (bucket === undefined) {
      if (buckets.size >= MOST_BUCKETS) buckets.clear()
      bucket = { level: perMinute * TOKEN, updatedAt: clock.now() }
      buckets.set(name, bucket)
    }
    return takeToken(bucket, perMinute, clock.now())
  }

  return {
    async take({ keyId, requestsPerMinute }, kind) {
      if (kind === 'read') return takeHere(`read ${keyId}`, requestsPerMinute * READS_PER_WRITE)
      if (database.capabilities.isExclusive) return takeHere(`write ${keyId}`, requestsPerMinute)
      return takeSharedToken(database, KEY_BUCKETS, keyId, requestsPerMinute, clock.now())
    },
  }
}

/** The error of a request over its rate. */
export function rateRefusal({ limit, retryAfterSeconds }: TokenAnswer): ClipiaError {
  return new ClipiaError('rate_limit_exceeded', `This key may make ${limit} requests of this kind a minute.`, {
    retryAfterSeconds,
  })
}
