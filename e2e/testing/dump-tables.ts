import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Clipia } from './start-clipia.ts'

/** Every row of every table of a running server's database, as text by table. */
export async function dumpTables({ dataDir, environment }: Clipia): Promise<Map<string, string>> {
  const url = environment.CLIPIA_DATABASE_URL
  return url === undefined ? dumpSqlite(join(dataDir, 'clipia.db')) : dumpPostgres(url)
}

function dumpSqlite(path: string): Map<string, string> {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
    return new Map(
      tables.map(({ name }) => [name, JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all())] as const),
    )
  } finally {
    database.close()
  }
}

async function dumpPostgres(url: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    const dump = new Map<string, string>()
    for (const { name } of rows) dump.set(name, JSON.stringify((await client.query(`SELECT * FROM "${name}"`)).rows))
    return dump
  } finally {
    await client.end()
  }
}
