import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { deleteOldDeliveries } from '../../webhooks/delete-old-deliveries.ts'
import type { Duty } from './duty.ts'

/** Deletes webhooks that are over, with their attempts, once they are older than `keepMs`. */
export function forgetDeliveries(database: Database, clock: Clock, keepMs: number): Duty {
  return {
    name: 'forget-deliveries',
    everyMs: 60_000,
    run: () => deleteOldDeliveries(database, { beforeMs: clock.now() - keepMs, nowMs: clock.now() }),
  }
}
