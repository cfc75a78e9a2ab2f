import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { openPostgres } from '../database/postgres.ts'
import { openSqlite } from '../database/sqlite.ts'

/** A database of one test's own. */
export interface TestDatabase {
  /** Opens a connection to it, as a node does. */
  open(): Database
  /** Its URL on PostgreSQL, its file on SQLite. */
  location: string
  remove(): Promise<void>
}

/** One of the two databases every test with SQL runs on. */
export interface DatabaseKind {
  name: 'SQLite' | 'PostgreSQL'
  /** Makes an empty database; `isMigrated` (default true) gives it the schema. */
  create(options?: { isMigrated?: boolean }): Promise<TestDatabase>
}

const TEMPLATE = 'clipia_template'
let nextDatabase = 0

const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create({ isMigrated = true } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'clipia-test-'))
    const location = join(folder, 'clipia.db')
    const open = () => openSqlite(location)
    if (isMigrated) copyFileSync(await ensureTemplateFile(), location)
    return { open, location, remove: async () => rmSync(folder, { recursive: true, force: true }) }
  },
}

const postgres: DatabaseKind = {
  name: 'PostgreSQL',
  async create({ isMigrated = true } = {}) {
    const name = `test_${process.pid}_${nextDatabase++}`
    if (isMigrated) await ensureTemplate()
    await administer(`CREATE DATABASE ${name} ${isMigrated ? `TEMPLATE ${templateName()}` : ''}`)
    const location = urlOf(name)
    return {
      open: () => openPostgres(location),
      location,
      remove: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    }
  },
}

let templateFile: Promise<string> | null = null

/** A migrated file, made once a test process: most tests need one each. */
function ensureTemplateFile(): Promise<string> {
  templateFile ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clipia-test-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const location = join(folder, 'template.db')
    await withDatabase(openSqlite(location), (database) => migrate(database, Date.now()))
    return location
  })()
  return templateFile
}

/** Both databases: `for (const kind of DATABASES) describe(kind.name, ...)`. */
export const DATABASES: readonly DatabaseKind[] = [sqlite, postgres]

/** A template for each test process, so that processes that run side by side never race to make it. */
function templateName(): string {
  return `${TEMPLATE}_${process.pid}`
}

let template: Promise<void> | null = null

function ensureTemplate(): Promise<void> {
  template ??= (async () => {
    await administer(`CREATE DATABASE ${templateName()}`)
    await withDatabase(openPostgres(urlOf(templateName())), (database) => migrate(database, Date.now()))
  })()
  return template
}

async function withDatabase<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

function urlOf(name: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}

async function administer(statement: string): Promise<void> {
  await withDatabase(openPostgres(serverUrl(), { poolSize: 1 }), (database) => database.write(statement))
}

function serverUrl(): string {
  // biome-ignore lint/style/noProcessEnv: set by the test runner
  const url = process.env.CLIPIA_TEST_POSTGRES_URL
  if (url === undefined) throw new Error('run tests with: npm test -- <file>, which starts PostgreSQL')
  return url
}
