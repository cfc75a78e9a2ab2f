/** A bucket of tokens that refills evenly; `updatedAt` in epoch milliseconds. */
export interface Bucket {
  tokens: number
  updatedAt: number
}

/** What taking a token led to, in the terms of the RateLimit headers. */
export interface TokenAnswer {
  isAllowed: boolean
  /** Tokens a minute, and the size of the bucket. */
  limit: number
  remaining: number
  /** Seconds until the bucket is full again. */
  resetSeconds: number
  /** Seconds until a token is there; 0 when one was taken. */
  retryAfterSeconds: number
}

/** Takes one token from a bucket of `perMinute` tokens, refilled by as many a minute. Changes the bucket in place. */
export function takeToken(bucket: Bucket, perMinute: number, nowMs: number): TokenAnswer {
  const perMs = perMinute / 60_000
  const elapsedMs = Math.max(0, nowMs - bucket.updatedAt)
  bucket.tokens = Math.min(perMinute, bucket.tokens + elapsedMs * perMs)
  bucket.updatedAt = nowMs
  const isAllowed = bucket.tokens >= 1
  if (isAllowed) bucket.tokens -= 1
  return {
    isAllowed,
    limit: perMinute,
    remaining: Math.floor(bucket.tokens),
    resetSeconds: Math.ceil((perMinute - bucket.tokens) / perMs / 1000),
    retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000)),
  }
}
