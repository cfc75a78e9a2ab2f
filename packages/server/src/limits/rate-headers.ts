import type { TokenAnswer } from './token-bucket.ts'

/** What every authenticated answer says of the bucket it was counted in. */
export function rateHeaders({ limit, remaining, resetSeconds }: TokenAnswer): Record<string, number> {
  return { 'ratelimit-limit': limit, 'ratelimit-remaining': remaining, 'ratelimit-reset': resetSeconds }
}
