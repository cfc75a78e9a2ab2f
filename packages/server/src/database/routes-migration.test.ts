import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { DATABASES } from '../testing/databases.ts'
import { migrate } from './migrate.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** A folder of the migrations before routes came. */
function earlierMigrations(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'clipia-earlier-'))
  for (const file of readdirSync(FOLDER).filter((name) => Number(name.slice(0, 4)) < 5)) {
    copyFileSync(new URL(file, FOLDER), join(folder, file))
  }
  return pathToFileURL(`${folder}/`)
}

for (const kind of DATABASES) {
  describe(`an upgrade to routes on ${kind.name}`, () => {
    it('knows of what ran already that it has started, and of what waited that it has not', async () => {
      const test = await kind.create({ isMigrated: false })
      const database = test.open()
      const folder = earlierMigrations()
      try {
        await migrate(database, 1, folder)
        const statements = [
          `INSERT INTO accounts (account_id, name, created_at) VALUES ('a', 'A', 1)`,
          `INSERT INTO api_keys (key_id, account_id, name, mode, hash, prefix, scopes, requests_per_minute, concurrency,
             created_at) VALUES ('k', 'a', 'K', 'live', 'h', 'p', '[]', 1, 1, 1)`,
          ...['r-1', 'r-2'].map(
            (
              id,
            ) => `INSERT INTO requests (request_id, account_id, key_id, mode, model, status, version, input, job, cost,
               price_version, created_at) VALUES ('${id}', 'a', 'k', 'live', 'm', 'IN_QUEUE', 1, '{}', '{}', 0, '', 1)`,
          ),
          `INSERT INTO queue (request_id, account_id, key_id, pool, seq, stage, turn, step, due_at, deadline_at,
             run_limit_ms) VALUES ('r-1', 'a', 'k', 'http', 1, 'claimed', 1, 'start', 1, 1, 1)`,
          `INSERT INTO queue (request_id, account_id, key_id, pool, seq, stage, turn, deadline_at, run_limit_ms)
             VALUES ('r-2', 'a', 'k', 'http', 2, 'ready', 2, 1, 1)`,
        ]
        for (const statement of statements) await database.write(statement)
        await migrate(database, 2)
        const rows = await database.read('SELECT request_id, has_started, route FROM queue ORDER BY request_id')
        assert.deepEqual(
          rows.map((row) => ({ ...row })),
          [
            { request_id: 'r-1', has_started: 1, route: 0 },
            { request_id: 'r-2', has_started: 0, route: 0 },
          ],
        )
      } finally {
        await database.close()
        await test.remove()
        rmSync(folder, { recursive: true })
      }
    })
  })
}
