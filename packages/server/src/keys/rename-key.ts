import type { Database } from '../database/database.ts'

/** Gives a key another name. */
export async function renameKey(database: Database, keyId: string, name: string): Promise<void> {
  await database.write('UPDATE api_keys SET name = $2 WHERE key_id = $1 RETURNING key_id', [keyId, name])
}
