/** A bucket of tokens that refills evenly. */
export interface Bucket {
  /** In 60,000ths of a token: a refill by the millisecond is then a whole number, `perMinute` a millisecond. */
  level: number
  /** Epoch milliseconds. */
  updatedAt: number
}

/** What a token is worth in the units of {@link Bucket.level}. */
export const TOKEN = 60_000

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

/** The level of a bucket of `perMinute` tokens now: refilled, at most full. */
export function refill(bucket: Bucket, perMinute: number, nowMs: number): number {
  return Math.min(perMinute * TOKEN, bucket.level + Math.max(0, nowMs - bucket.updatedAt) * perMinute)
}

/** Words the level that taking, or failing to take, a token left behind. */
export function describeLevel(level: number, perMinute: number, isAllowed: boolean): TokenAnswer {
  return {
    isAllowed,
    limit: perMinute,
    remaining: Math.floor(level / TOKEN),
    resetSeconds: Math.ceil((perMinute * TOKEN - level) / perMinute / 1000),
    retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((TOKEN - level) / perMinute / 1000)),
  }
}

/** Takes one token from a bucket in memory, changing it in place. */
export function takeToken(bucket: Bucket, perMinute: number, nowMs: number): TokenAnswer {
  const level = refill(bucket, perMinute, nowMs)
  const isAllowed = level >= TOKEN
  bucket.level = isAllowed ? level - TOKEN : level
  bucket.updatedAt = nowMs
  return describeLevel(bucket.level, perMinute, isAllowed)
}
