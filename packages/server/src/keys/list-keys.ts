import type { Database } from '../database/database.ts'
import { KEY_DETAILS_COLUMNS, type KeyDetails, type KeyDetailsRow, toKeyDetails } from './list-keys-of.ts'

/** Lists the keys of an account, or of all, oldest first; revoked ones too. */
export async function listKeys(database: Database, accountId: string | null): Promise<KeyDetails[]> {
  const rows = await database.read<KeyDetailsRow>(
    `SELECT ${KEY_DETAILS_COLUMNS} FROM api_keys
     WHERE CAST($1 AS TEXT) IS NULL OR account_id = $1 ORDER BY created_at, key_id`,
    [accountId],
  )
  return rows.map(toKeyDetails)
}
