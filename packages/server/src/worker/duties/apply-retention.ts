import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { deleteOlderThan } from '../../generations/delete-older-than.ts'
import type { Duty } from './duty.ts'

/** Deletes what requests were given and made once the operator's retention is over; without one, everything is kept. */
export function applyRetention(of: { database: Database; clock: Clock }, retentionMs: number | null): Duty {
  return {
    name: 'apply-retention',
    everyMs: 10 * 60_000,
    async run() {
      if (retentionMs !== null) await deleteOlderThan(of, of.clock.now() - retentionMs)
    },
  }
}
