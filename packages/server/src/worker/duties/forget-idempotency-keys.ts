import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { forgetOldIdempotencyKeys } from '../../generations/forget-idempotency-keys.ts'
import type { Duty } from './duty.ts'

/** Keeps the table of idempotency keys as large as a day of submits. */
export function forgetIdempotencyKeys(database: Database, clock: Clock): Duty {
  return {
    name: 'forget-idempotency-keys',
    everyMs: 60_000,
    run: () => forgetOldIdempotencyKeys(database, clock.now()),
  }
}
