import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import type { Duty } from './duty.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Removes sessions and links that are over, and buckets of attempts that are full again. */
export function forgetSignIns(database: Database, clock: Clock): Duty {
  return {
    name: 'forget-sign-ins',
    everyMs: 60 * 60 * 1000,
    async run() {
      const yesterday = clock.now() - DAY_MS
      await database.write('DELETE FROM sessions WHERE expires_at < $1 RETURNING id', [yesterday])
      await database.write('DELETE FROM sign_in_links WHERE expires_at < $1 RETURNING link_id', [yesterday])
      await database.write('DELETE FROM sign_in_buckets WHERE updated_at < $1 RETURNING bucket_id', [yesterday])
    },
  }
}
