import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { expireFiles } from '../../files/expire-files.ts'
import type { Duty } from './duty.ts'

/** Removes uploaded files whose time is over, and gives their space back. */
export function expireUploads({ database, clock }: { database: Database; clock: Clock }): Duty {
  return { name: 'expire-uploads', everyMs: 60_000, run: () => expireFiles(database, clock.now()) }
}
