import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/database.ts'
import { giveUpOldDeliveries } from '../../webhooks/give-up-old-deliveries.ts'
import type { Duty } from './duty.ts'

/** Ends webhooks that could not be attempted often enough in a day, so that a dead receiver's backlog has an end. */
export function giveUpDeliveries(database: Database, clock: Clock): Duty {
  return { name: 'give-up-deliveries', everyMs: 60_000, run: () => giveUpOldDeliveries(database, clock.now()) }
}
