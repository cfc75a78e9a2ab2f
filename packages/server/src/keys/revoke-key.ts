import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { type Actor, recordChange } from './record-change.ts'

/**
 * Revokes a key: from the commit on, no submit with it succeeds on any node. What it has queued goes on. Revoking it
 * again changes nothing; an unknown key is `not_found`.
 */
export async function revokeKey(
  { database, clock }: { database: Database; clock: Clock },
  keyId: string,
  actor: Actor = null,
): Promise<void> {
  await database.transaction(async (tx) => {
    const nowMs = clock.now()
    const sql = 'UPDATE api_keys SET revoked_at = $2 WHERE key_id = $1 AND revoked_at IS NULL RETURNING key_id'
    const revoked = await tx.query(sql, [keyId, nowMs])
    if (revoked.length > 0) return recordChange(tx, { keyId, kind: 'revoked', actor, nowMs })
    const known = await tx.query('SELECT key_id FROM api_keys WHERE key_id = $1', [keyId])
    if (known.length === 0) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
  })
}
