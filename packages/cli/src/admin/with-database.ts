import { createDatabaseClock, type DatabaseClock } from '@clipia/server/clock'
import type { Config } from '@clipia/server/config'
import type { Database } from '@clipia/server/database/database'
import { openDatabase } from '@clipia/server/database/open-database'
import { createIdentifiers, type Identifiers } from '@clipia/server/identifiers'
import type { SecretKey } from '@clipia/server/secrets/secret-key'
import { readSettings } from '../settings.ts'

/** What an administrative command works with. */
export interface Administration {
  config: Config
  database: Database
  clock: DatabaseClock
  identifiers: Identifiers
  secretKey: SecretKey
}

/** Opens the installation's database beside a running server, does the work, and closes it whatever happens. */
export async function withDatabase(
  flags: Readonly<Record<string, unknown>>,
  work: (administration: Administration) => Promise<void>,
): Promise<void> {
  const config = readSettings(flags)
  const { database, secretKey } = await openDatabase(config)
  try {
    const clock = await createDatabaseClock(database)
    await work({ config, database, clock, identifiers: createIdentifiers(clock), secretKey })
  } finally {
    await database.close()
  }
}
