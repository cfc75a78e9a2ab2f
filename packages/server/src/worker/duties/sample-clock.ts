import type { DatabaseClock } from '../../clock.ts'
import type { Duty } from './duty.ts'

/** Keeps this node's clock in step with the database's, by which all nodes agree on leases and deadlines. */
export function sampleClock(clock: DatabaseClock): Duty {
  return { name: 'sample-clock', everyMs: 15_000, run: () => clock.sample() }
}
