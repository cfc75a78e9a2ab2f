import type { KeyUse } from '../../keys/key-use.ts'
import type { Duty } from './duty.ts'

/** Keeps `last_used_at` of the keys true to the minute. */
export function noteKeyUse(keyUse: KeyUse): Duty {
  return { name: 'note-key-use', everyMs: 30_000, run: () => keyUse.flush() }
}
