import { type Database, firstOrNull } from '../database/database.ts'
import { describeLevel, refill, TOKEN, type TokenAnswer } from './token-bucket.ts'

/** The bucket refilled to `$3` (now), as `refill` does; `$2` tokens a minute. */
const REFILLED = `CASE WHEN level + (CASE WHEN $3 > updated_at THEN $3 - updated_at ELSE 0 END) * $2 > $2 * ${TOKEN}
    THEN $2 * ${TOKEN} ELSE level + (CASE WHEN $3 > updated_at THEN $3 - updated_at ELSE 0 END) * $2 END`

/**
 * Refills and takes in one statement: the row's lock makes nodes take turns, and the WHERE keeps an empty bucket as it
 * is, so that no token is ever given twice.
 */
const TAKE = `INSERT INTO rate_buckets AS bucket (key_id, level, updated_at)
  VALUES ($1, CAST($2 AS BIGINT) * ${TOKEN} - ${TOKEN}, CAST($3 AS BIGINT))
  ON CONFLICT (key_id) DO UPDATE SET level = ${qualified(REFILLED)} - ${TOKEN},
    updated_at = CASE WHEN $3 > bucket.updated_at THEN $3 ELSE bucket.updated_at END
    WHERE ${qualified(REFILLED)} >= ${TOKEN}
  RETURNING level`

function qualified(expression: string): string {
  return expression.replace(/\b(level|updated_at)\b/g, 'bucket.$1')
}

/** Takes a token of a key's bucket that all nodes share. */
export async function takeSharedToken(
  database: Database,
  keyId: string,
  perMinute: number,
  nowMs: number,
): Promise<TokenAnswer> {
  const taken = firstOrNull(await database.write<{ level: number }>(TAKE, [keyId, perMinute, nowMs]))
  if (taken !== null) return describeLevel(taken.level, perMinute, true)
  const bucket = firstOrNull(
    await database.read<{ level: number; updated_at: number }>(
      'SELECT level, updated_at FROM rate_buckets WHERE key_id = $1',
      [keyId],
    ),
  )
  const level = bucket === null ? 0 : refill({ level: bucket.level, updatedAt: bucket.updated_at }, perMinute, nowMs)
  return describeLevel(Math.min(level, TOKEN - 1), perMinute, false)
}
