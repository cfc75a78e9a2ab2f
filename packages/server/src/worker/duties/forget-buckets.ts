import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { forgetFullBuckets } from '../../limits/forget-full-buckets.ts'
import type { Duty } from './duty.ts'

/** Removes the rate buckets of keys that are idle. */
export function forgetBuckets(database: Database, clock: Clock): Duty {
  return { name: 'forget-buckets', everyMs: 10 * 60_000, run: () => forgetFullBuckets(database, clock.now()) }
}
