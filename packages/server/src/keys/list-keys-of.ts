import { type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, toApiKey } from './api-key.ts'

/** A key with what its owner wants to know of it. Amounts are micro-credits. */
export interface KeyDetails extends ApiKey {
  budget: number | null
  spent: number
  /** Epoch milliseconds, to the minute; null when it was never used. */
  lastUsedAt: number | null
}

/** A row with {@link KEY_DETAILS_COLUMNS}. */
export interface KeyDetailsRow extends ApiKeyRow {
  budget: number | null
  spent: number
  last_used_at: number | null
}

/** The columns that {@link toKeyDetails} reads. */
export const KEY_DETAILS_COLUMNS = `${API_KEY_COLUMNS}, budget, spent, last_used_at`

/** The keys that members made; the hidden ones behind the console are nobody's to manage. */
const SELECT = `SELECT ${KEY_DETAILS_COLUMNS} FROM api_keys
  WHERE account_id = $1 AND user_id IS NULL`

/** Lists the keys of an account, oldest first; revoked ones too. */
export async function listKeysOf(database: Database, accountId: string): Promise<KeyDetails[]> {
  const rows = await database.read<KeyDetailsRow>(`${SELECT} ORDER BY created_at, key_id`, [accountId])
  return rows.map(toKeyDetails)
}

/** Finds one key of an account; `not_found` for another's. */
export async function findKeyOf(database: Database, accountId: string, keyId: string): Promise<KeyDetails> {
  const row = firstOrNull(await database.read<KeyDetailsRow>(`${SELECT} AND key_id = $2`, [accountId, keyId]))
  if (row === null) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
  return toKeyDetails(row)
}

export function toKeyDetails(row: KeyDetailsRow): KeyDetails {
  return { ...toApiKey(row), budget: row.budget, spent: row.spent, lastUsedAt: row.last_used_at }
}
