import { randomBytes } from 'node:crypto'
import { createDatabase } from './postgres.ts'

/** A kind of database the server runs on; a test of the guarantees runs on each. */
export interface DatabaseKind {
  name: string
  /** The settings of a server on a fresh database, and how to remove it. */
  prepare(): Promise<{ environment: Record<string, string>; dispose(): Promise<void> }>
}

/** SQLite in the server's own data folder. */
export const SQLITE: DatabaseKind = {
  name: 'SQLite',
  prepare: async () => ({ environment: {}, dispose: async () => {} }),
}

/** A database of its own on a real PostgreSQL server. */
export const POSTGRESQL: DatabaseKind = {
  name: 'PostgreSQL',
  async prepare() {
    const { url, drop } = await createDatabase()
    const secretKey = randomBytes(32).toString('base64')
    return { environment: { CLIPIA_DATABASE_URL: url, CLIPIA_SECRET_KEY: secretKey }, dispose: drop }
  },
}

/** Every kind of database. */
export const DATABASES: readonly DatabaseKind[] = [SQLITE, POSTGRESQL]
