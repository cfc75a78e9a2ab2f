import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { SecretKey } from '../secrets/secret-key.ts'
import { createSecretKey, verifySecretKey } from '../secrets/secret-key.ts'
import { readOrCreateSecretKeyFile } from '../secrets/secret-key-file.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the configured database, brings its schema up to date and proves that the secret key is its own. PostgreSQL's
 * driver is loaded only where it is used.
 */
export async function openDatabase(config: Config): Promise<{ database: Database; secretKey: SecretKey }> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const material = config.secretKey ?? readOrCreateSecretKeyFile(config.dataDir)
  const secretKey = createSecretKey(material)
  const database =
    config.databaseUrl === null
      ? openSqlite(join(config.dataDir, 'clipia.db'))
      : (await import('./postgres.ts')).openPostgres(config.databaseUrl)
  try {
    await migrate(database, await database.now())
    await verifySecretKey(database, secretKey, await database.now())
    return { database, secretKey }
  } catch (error) {
    await database.close()
    throw error
  }
}
