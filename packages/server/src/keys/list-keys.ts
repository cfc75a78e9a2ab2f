import type { Database } from '../database/database.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, toApiKey } from './api-key.ts'

/** Lists the keys of an account, or of all, oldest first; revoked ones too. */
export async function listKeys(database: Database, accountId: string | null): Promise<ApiKey[]> {
  const rows = await database.read<ApiKeyRow>(
    `SELECT ${API_KEY_COLUMNS} FROM api_keys
     WHERE CAST($1 AS TEXT) IS NULL OR account_id = $1 ORDER BY created_at, key_id`,
    [accountId],
  )
  return rows.map(toApiKey)
}
