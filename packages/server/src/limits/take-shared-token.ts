import { type Database, firstOrNull } from '../database/database.ts'
import { describeLevel, refill, TOKEN, type TokenAnswer } from './token-bucket.ts'

/** The bucket refilled to `$3` (now), as `refill` does; `$2` tokens a minute. */
const REFILLED = `CASE WHEN level + (CASE WHEN $3 > updated_at THEN $3 - updated_at ELSE 0 END) * $2 > $2 * ${TOKEN}
    THEN $2 * ${TOKEN} ELSE level + (CASE WHEN $3 > updated_at THEN $3 - updated_at ELSE 0 END) * $2 END`

/**
 * Refills and takes in one statement: the row's lock makes nodes take turns, and the WHERE keeps an empty bucket as it
 * is, so that no token is ever given twice.
 */
const take = ({ name, key }: BucketTable) => `INSERT INTO ${name} AS bucket (${key}, level, updated_at)
  VALUES ($1, CAST($2 AS BIGINT) * ${TOKEN} - ${TOKEN}, CAST($3 AS BIGINT))
  ON CONFLICT (${key}) DO UPDATE SET level = ${qualified(REFILLED)} - ${TOKEN},
    updated_at = CASE WHEN $3 > bucket.updated_at THEN $3 ELSE bucket.updated_at END
    WHERE ${qualified(REFILLED)} >= ${TOKEN}
  RETURNING level`

function qualified(expression: string): string {
  return expression.replace(/\b(level|updated_at)\b/g, 'bucket.$1')
}

/** A table of buckets and the column that names one. */
interface BucketTable {
  readonly name: string
  readonly key: string
}

/** The buckets of API keys, for their POSTs. */
export const KEY_BUCKETS: BucketTable = { name: 'rate_buckets', key: 'key_id' }

/** The buckets of attempts to sign in. */
export const SIGN_IN_BUCKETS: BucketTable = { name: 'sign_in_buckets', key: 'bucket_id' }

/** Takes a token of a bucket that all nodes share. */
export async function takeSharedToken(
  database: Database,
  table: BucketTable,
  id: string,
  perMinute: number,
  nowMs: number,
): Promise<TokenAnswer> {
  const taken = firstOrNull(await database.write<{ level: number }>(take(table), [id, perMinute, nowMs]))
  if (taken !== null) return describeLevel(taken.level, perMinute, true)
  const bucket = firstOrNull(
    await database.read<{ level: number; updated_at: number }>(
      `SELECT level, updated_at FROM ${table.name} WHERE ${table.key} = $1`,
      [id],
    ),
  )
  const level = bucket === null ? 0 : refill({ level: bucket.level, updatedAt: bucket.updated_at }, perMinute, nowMs)
  return describeLevel(Math.min(level, TOKEN - 1), perMinute, false)
}
