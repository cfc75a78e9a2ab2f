import type { EventHub } from '../../events/event-hub.ts'
import type { Duty } from './duty.ts'

/** Looks after those who wait on this node: heartbeats, revoked keys, and news of which no notice came. */
export function tendWaits(events: EventHub): Duty {
  return { name: 'tend-waits', everyMs: 1_000, run: () => events.tend() }
}
