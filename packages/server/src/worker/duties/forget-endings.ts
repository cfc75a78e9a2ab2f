import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { forgetOldEndings } from '../../events/forget-endings.ts'
import type { Duty } from './duty.ts'

/** Forgets the order of ends older than `keepMs`, by which streams of webhooks resume. */
export function forgetEndings(database: Database, clock: Clock, keepMs: number): Duty {
  return { name: 'forget-endings', everyMs: 60_000, run: () => forgetOldEndings(database, clock.now() - keepMs) }
}
