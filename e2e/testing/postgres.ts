import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A fresh database of its own for one test. */
export interface FreshDatabase {
  url: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

/** Makes an empty database on the server the test runner has started. */
export async function createDatabase(): Promise<FreshDatabase> {
  // biome-ignore lint/style/noProcessEnv: how the test runner hands over its server
  const server = process.env.CLIPIA_TEST_POSTGRES_URL
  if (server === undefined) throw new Error('run tests with: npm test -- <file>, which starts PostgreSQL')
  const name = `e2e_${randomBytes(8).toString('hex')}`
  await administer(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
