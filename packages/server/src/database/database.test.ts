import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { ConstraintError, type Database } from './database.ts'
import { migrate, SchemaTooNew } from './migrate.ts'

for (const kind of DATABASES) {
  describe(`${kind.name} as a database`, () => {
    let test: TestDatabase
    let database: Database

    beforeEach(async () => {
      test = await kind.create({ isMigrated: false })
      database = test.open()
      const { adaptSchema } = database.capabilities
      await database.write(
        adaptSchema(
          'CREATE TABLE things (id INTEGER PRIMARY KEY, size BIGINT NOT NULL, CONSTRAINT size_positive CHECK (size > 0))',
        ),
      )
    })
    afterEach(async () => {
      await database.close()
      await test.remove()
    })

    const insert = (id: number, size = 1) => `INSERT INTO things (id, size) VALUES (${id}, ${size})`
    const ids = async () =>
      (await database.read<{ id: number }>('SELECT id FROM things ORDER BY id')).map((row) => row.id)

    it('keeps all of a transaction', async () => {
      const answer = await database.transaction(async (tx) => {
        await tx.query(insert(1))
        return tx.query<{ id: number }>(`${insert(2)} RETURNING id`)
      })
      assert.deepEqual({ ...answer[0] }, { id: 2 })
      assert.deepEqual(await ids(), [1, 2])
    })

    it('keeps nothing of a transaction that throws, and rejects with what was thrown', async () => {
      const failure = new Error('changed my mind')
      const attempt = database.transaction(async (tx) => {
        await tx.query(insert(1))
        throw failure
      })
      await assert.rejects(attempt, failure)
      assert.deepEqual(await ids(), [])
    })

    it('undoes a failing transaction alone when others arrive with it', async () => {
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4, 5].map((id) =>
          database.transaction(async (tx) => {
            await tx.query(insert(id))
            if (id === 3) throw new Error('not this one')
          }),
        ),
      )
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      )
      assert.deepEqual(await ids(), [1, 2, 4, 5])
    })

    it('runs effects after the commit, and never for a transaction that was undone', async () => {
      const seen: string[] = []
      await database.transaction(async (tx) => {
        await tx.query(insert(1))
        tx.afterCommit(() => seen.push('kept'))
        assert.deepEqual(seen, [])
      })
      const undone = database.transaction(async (tx) => {
        tx.afterCommit(() => seen.push('undone'))
        throw new Error('no')
      })
      await assert.rejects(undone)
      assert.deepEqual(seen, ['kept'])
    })

    it('names the constraint that refused', async () => {
      await database.write(insert(1))
      const refusalOf = (sql: string) =>
        database.write(sql).then(
          () => assert.fail('not refused'),
          (error: unknown) => {
            assert.ok(error instanceof ConstraintError)
            return [error.kind, error.subject]
          },
        )
      assert.deepEqual(await refusalOf(insert(1)), ['unique', 'things'])
      assert.deepEqual(await refusalOf(insert(2, 0)), ['check', 'size_positive'])
    })

    it('reads whole numbers as numbers up to 2^53 and refuses to round larger ones', async () => {
      await database.write(insert(1, Number.MAX_SAFE_INTEGER))
      const [row] = await database.read<{ size: number }>('SELECT size FROM things')
      assert.equal(row?.size, Number.MAX_SAFE_INTEGER)
      await database.write('UPDATE things SET size = 9007199254740993')
      await assert.rejects(database.read('SELECT size FROM things'))
    })

    it('binds a parameter wherever its number stands', async () => {
      const [row] = await database.read<{ a: number; b: number; c: number }>(
        'SELECT CAST($2 AS INTEGER) AS a, CAST($1 AS INTEGER) AS b, CAST($2 AS INTEGER) AS c',
        [10, 20],
      )
      assert.deepEqual({ ...row }, { a: 20, b: 10, c: 20 })
    })

    it('shows a read every commit that was answered before it', async () => {
      for (let id = 1; id <= 20; id += 1) {
        await database.write(insert(id))
        assert.equal((await ids()).length, id)
      }
    })

    it('makes up for a migration that comes after one with a higher number', async () => {
      const folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'clipia-migrations-'))}/`)
      const add = (name: string) =>
        writeFileSync(new URL(name, folder), `CREATE TABLE ${name.slice(5, -4)} (id BIGINT);`)
      add('0001-first.sql')
      add('0003-third.sql')
      await migrate(database, 1, folder)
      add('0002-second.sql')
      await migrate(database, 2, folder)
      await migrate(database, 3, folder)
      const applied = await database.read('SELECT name, applied_at FROM schema_migrations ORDER BY version')
      assert.deepEqual(
        applied.map((row) => ({ ...row })),
        [
          { name: '0001-first', applied_at: 1 },
          { name: '0002-second', applied_at: 2 },
          { name: '0003-third', applied_at: 1 },
        ],
      )
      await database.write('INSERT INTO second (id) VALUES (1)')
      rmSync(folder, { recursive: true })
    })

    it('migrates once when several nodes start together, and refuses a schema newer than the program', async () => {
      const fresh = await kind.create({ isMigrated: false })
      const nodes = kind.name === 'SQLite' ? [fresh.open()] : [fresh.open(), fresh.open(), fresh.open()]
      await Promise.all(nodes.map((node) => migrate(node, 1)))
      const [first] = nodes
      assert.ok(first)
      const applied = await first.read<{ name: string }>('SELECT name FROM schema_migrations ORDER BY version')
      const files = readdirSync(new URL('./migrations/', import.meta.url)).sort()
      assert.deepEqual(
        applied.map((row) => `${row.name}.sql`),
        files,
      )
      await first.write(`INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'future', 1)`)
      await assert.rejects(migrate(first, 2), SchemaTooNew)
      await Promise.all(nodes.map((node) => node.close()))
      await fresh.remove()
    })
  })
}
