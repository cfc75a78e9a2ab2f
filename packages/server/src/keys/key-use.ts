import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'

/** Notes which keys are used, at no cost to the requests that use them. */
export interface KeyUse {
  /** The key was used now. */
  note(keyId: string): void
  /** Writes down what was noted since the last time. What a crash loses is at most the last minute's. */
  flush(): Promise<void>
}

/** Creates the notes of a node. */
export function createKeyUse(database: Database, clock: Clock): KeyUse {
  let noted = new Map<string, number>()
  return {
    note: (keyId) => noted.set(keyId, clock.now()),
    async flush() {
      const uses = noted
      noted = new Map()
      for (const [keyId, usedAt] of uses) {
        await database.write(
          'UPDATE api_keys SET last_used_at = $2 WHERE key_id = $1 AND (last_used_at IS NULL OR last_used_at < $2) RETURNING key_id',
          [keyId, usedAt],
        )
      }
    },
  }
}
