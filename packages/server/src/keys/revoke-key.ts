import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'

/**
 * Revokes a key: from the commit on, no submit with it succeeds on any node. What it has queued goes on. Revoking it
 * again changes nothing; an unknown key is `not_found`.
 */
export async function revokeKey(database: Database, clock: Clock, keyId: string): Promise<void> {
  const rows = await database.write(
    'UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE key_id = $1 RETURNING key_id',
    [keyId, clock.now()],
  )
  if (rows.length === 0) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
}
