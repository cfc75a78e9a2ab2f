import type { Clock } from '../clock.ts'
import { ClipiaError } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { type Bucket, type TokenAnswer, takeToken } from './token-bucket.ts'

/** Reads have a bucket of their own, this many times larger, so that polling never starves submits. */
const READS_PER_WRITE = 20
const MOST_BUCKETS = 100_000

/** Counts the requests of keys, on this node. */
export interface RateLimiter {
  /** Takes a token of the key's bucket. Whether to refuse is the caller's to say, with {@link rateRefusal}. */
  take(key: ApiKey, bucket: 'read' | 'write'): TokenAnswer
}

export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>()
  return {
    take(key, kind) {
      const perMinute = key.requestsPerMinute * (kind === 'read' ? READS_PER_WRITE : 1)
      const name = `${kind} ${key.keyId}`
      let bucket = buckets.get(name)
      if (bucket === undefined) {
        if (buckets.size >= MOST_BUCKETS) buckets.clear()
        bucket = { tokens: perMinute, updatedAt: clock.now() }
        buckets.set(name, bucket)
      }
      return takeToken(bucket, perMinute, clock.now())
    },
  }
}

/** The error of a request over its rate. */
export function rateRefusal({ limit, retryAfterSeconds }: TokenAnswer): ClipiaError {
  return new ClipiaError('rate_limit_exceeded', `This key may make ${limit} requests of this kind a minute.`, {
    retryAfterSeconds,
  })
}
