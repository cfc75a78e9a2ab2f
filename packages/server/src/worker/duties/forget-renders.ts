import type { Database } from '../../database/database.ts'
import { forgetLocalRenders } from '../../engines/local/local-renders.ts'
import type { Duty } from './duty.ts'

/** Removes what the nodes noted of local renders whose generation is over. */
export function forgetRenders(database: Database): Duty {
  return { name: 'forget-renders', everyMs: 60_000, run: () => forgetLocalRenders(database) }
}
