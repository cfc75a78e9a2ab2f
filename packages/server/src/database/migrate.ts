import { readdirSync, readFileSync } from 'node:fs'
import type { Database, Transaction } from './database.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

interface Migration {
  version: number
  name: string
  statements: string[]
}

function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(0, -'.sql'.length),
      statements: readFileSync(new URL(file, folder), 'utf8')
        .replace(/--.*$/gm, '')
        .split(/;\s*$/m)
        .map((statement) => statement.trim())
        .filter((statement) => statement !== ''),
    }))
}

/** The database was migrated by a newer program, which this one must not touch. */
export class SchemaTooNew extends Error {
  constructor(found: number, known: number) {
    super(`the database has schema ${found}, this program knows ${known}: run a newer Clipia, or restore a backup`)
    this.name = 'SchemaTooNew'
  }
}

/**
 * Brings the schema up to this program's, each migration in a transaction of its own. Safe when several nodes start at
 * once: they take turns. A number may be missing in between, and is made up for when its migration comes later. Throws
 * {@link SchemaTooNew} and changes nothing when the database is ahead of the program.
 */
export async function migrate(database: Database, nowMs: number, folder: URL = FOLDER): Promise<void> {
  const migrations = readMigrations(folder)
  const known = migrations.at(-1)?.version ?? 0
  for (const migration of migrations) {
    await database.transaction(async (tx) => {
      const applied = await lockVersions(tx, database)
      const newest = Math.max(0, ...applied)
      if (newest > known) throw new SchemaTooNew(newest, known)
      if (applied.includes(migration.version)) return
      for (const statement of migration.statements) await tx.query(database.capabilities.adaptSchema(statement))
      await tx.query('INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)', [
        migration.version,
        migration.name,
        nowMs,
      ])
    })
  }
}

async function lockVersions(tx: Transaction, database: Database): Promise<number[]> {
  if (database.capabilities.migrationLock !== '') await tx.query(database.capabilities.migrationLock)
  await tx.query(
    database.capabilities.adaptSchema(
      'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)',
    ),
  )
  const rows = await tx.query<{ version: number }>('SELECT version FROM schema_migrations')
  return rows.map((row) => row.version)
}
