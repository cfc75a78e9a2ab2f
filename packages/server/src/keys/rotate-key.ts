import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { Identifiers } from '../identifiers.ts'
import { hashKey, makeKey, prefixOfKey } from './key-format.ts'
import type { KeyDetails } from './list-keys-of.ts'
import { type Actor, recordChange } from './record-change.ts'

/**
 * Makes a key like another (name, scopes, limits, models, expiry, what is left of its budget, its other bounds) and ends
 * the other after `graceMs`, in one transaction: a crash leaves the old key as it was, or both as wanted. A key that
 * opens nothing any more is a `conflict`. The answer is the only time the new key is seen.
 */
export async function rotateKey(
  { database, clock, identifiers }: { database: Database; clock: Clock; identifiers: Identifiers },
  old: KeyDetails,
  graceMs: number,
  actor: Actor = null,
): Promise<{ keyId: string; key: string }> {
  const keyId = identifiers.uuid()
  const key = makeKey(old.mode, identifiers.bytes)
  const now = clock.now()
  const graceEnd = now + graceMs
  const expiresAt = old.expiresAt === null ? graceEnd : Math.min(old.expiresAt, graceEnd)
  await database.transaction(async (tx) => {
    const ended = await tx.query(
      `UPDATE api_keys SET revoked_at = CASE WHEN $3 > $2 THEN NULL ELSE CAST($2 AS BIGINT) END, expires_at = $3
       WHERE key_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2) RETURNING key_id`,
      [old.keyId, now, expiresAt],
    )
    if (ended.length === 0) throw new ClipiaError('conflict', 'The key is revoked or has expired.')
    await tx.query(
      `INSERT INTO api_keys (key_id, account_id, name, mode, hash, prefix, scopes, requests_per_minute, concurrency,
         budget, allowed_models, expires_at, created_at, quote_threshold, scenario)
       SELECT $2, account_id, name, mode, $3, $4, scopes, requests_per_minute, concurrency, budget - spent,
         allowed_models, CAST($5 AS BIGINT), CAST($6 AS BIGINT), quote_threshold, scenario
       FROM api_keys WHERE key_id = $1`,
      [old.keyId, keyId, hashKey(key), prefixOfKey(key), old.expiresAt, now],
    )
    await recordChange(tx, { keyId: old.keyId, kind: 'rotated', actor, nowMs: now })
    await recordChange(tx, { keyId, kind: 'created', actor, nowMs: now })
  })
  return { keyId, key }
}
