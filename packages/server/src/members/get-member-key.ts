import { createHash } from 'node:crypto'
import type { Mode } from '@clipia/contract'
import { firstOrNull } from '../database/database.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, DEFAULT_CONCURRENCY, toApiKey } from '../keys/api-key.ts'
import type { Member, MemberDependencies } from './member.ts'

/** POSTs a minute: the price is asked anew at every pause in typing. */
const REQUESTS_PER_MINUTE = 600

/**
 * The hidden key behind what a member runs in the console, made at its first use: its secret was never seen by anyone,
 * and limits, fairness and records hold for it as for every key. Of two first uses at once, one makes it.
 */
export async function getMemberKey(of: MemberDependencies, member: Member, mode: Mode): Promise<ApiKey> {
  const { database, clock, identifiers } = of
  const find = async () =>
    firstOrNull(
      await database.read<ApiKeyRow>(
        `SELECT ${API_KEY_COLUMNS} FROM api_keys
         WHERE user_id = $1 AND account_id = $2 AND mode = $3 AND revoked_at IS NULL`,
        [member.userId, member.accountId, mode],
      ),
    )
  const found = await find()
  if (found !== null) return toApiKey(found)
  const hash = createHash('sha256').update(identifiers.bytes(32)).digest('hex')
  await database.write(
    `INSERT INTO api_keys (key_id, account_id, user_id, name, mode, hash, prefix, scopes, requests_per_minute,
       concurrency, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, '', '["generate","read"]', $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      identifiers.uuid(),
      member.accountId,
      member.userId,
      `Console: ${member.name}`,
      mode,
      hash,
      REQUESTS_PER_MINUTE,
      DEFAULT_CONCURRENCY,
      clock.now(),
    ],
  )
  const made = await find()
  if (made === null) throw new Error('the key of a member vanished')
  return toApiKey(made)
}
