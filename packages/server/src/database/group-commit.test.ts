import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, DatabaseUnavailable } from './database.ts'
import { FolderInUse, lockFolder } from './folder-lock.ts'
import { GroupCommit } from './group-commit.ts'
import { openSqlite } from './sqlite.ts'
import { SqliteConnection } from './sqlite-connection.ts'

describe('group commit on SQLite', () => {
  let folder: string
  let path: string
  let database: Database

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clipia-group-'))
    path = join(folder, 'test.db')
    database = openSqlite(path)
    await database.write('CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)')
  })
  afterEach(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const insert = (id: number, text = '') => database.write('INSERT INTO things (id, text) VALUES ($1, $2)', [id, text])
  const count = async () => (await database.read<{ n: number }>('SELECT count(*) AS n FROM things'))[0]?.n

  it('refuses a transaction that awaits something else, and lets the others of its group through', async () => {
    const [before, stuck, after] = await Promise.allSettled([
      insert(1),
      database.transaction(async (tx) => {
        await tx.query("INSERT INTO things (id, text) VALUES (2, '')")
        await delay(5)
        await tx.query("INSERT INTO things (id, text) VALUES (3, '')")
      }),
      insert(4),
    ])
    assert.equal(before.status, 'fulfilled')
    assert.equal(after.status, 'fulfilled')
    assert.match(String(stuck.status === 'rejected' && stuck.reason), /may await only its own statements/)
    await delay(10)
    assert.equal(await count(), 2)
  })

  it('refuses statements of a transaction that has ended', async () => {
    const leaked = await database.transaction(async (tx) => ({ tx }))
    await assert.rejects(leaked.tx.query('SELECT 1'), /has ended/)
  })

  it('fails what does not fit on a full disk with 503, keeps what was committed, and goes on when there is room', async () => {
    await insert(1)
    const connection = new SqliteConnection(path, { readOnly: false })
    const group = new GroupCommit(connection)
    const pages = connection.run<{ page_count: number }>('PRAGMA page_count')[0]?.page_count ?? 0
    connection.execute(`PRAGMA max_page_count = ${pages + 2}`)
    const big = 'x'.repeat(100_000)
    const write = (id: number) =>
      group.add((tx) => tx.query('INSERT INTO things (id, text) VALUES ($1, $2)', [id, big]))
    const outcomes = await Promise.allSettled([write(2), write(3)])
    for (const outcome of outcomes) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof DatabaseUnavailable)
      assert.equal(outcome.reason.status, 503)
    }
    assert.equal(await count(), 1)
    connection.execute('PRAGMA max_page_count = 1000000')
    await write(4)
    assert.equal(await count(), 2)
    connection.close()
  })

  it('waits for another process that writes, without blocking the event loop', async () => {
    const script = `
      import { DatabaseSync } from 'node:sqlite'
      const database = new DatabaseSync(${JSON.stringify(path)})
      database.exec("BEGIN IMMEDIATE; INSERT INTO things (id, text) VALUES (100, 'theirs')")
      process.stdout.write('locked')
      process.stdin.once('data', () => { database.exec('COMMIT'); process.exit(0) })`
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(other.stdout, 'data')
    let turns = 0
    const ticking = setInterval(() => {
      turns += 1
      if (turns === 10) other.stdin.write('commit')
    }, 2)
    await insert(1, 'ours')
    clearInterval(ticking)
    assert.ok(turns >= 10, 'timers ran while the write waited')
    assert.equal(await count(), 2)
  })

  it('gives up with 503 when the other process never lets go', async () => {
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const connection = new SqliteConnection(path, { readOnly: false })
    const group = new GroupCommit(connection, { busyLimitMs: 20 })
    await assert.rejects(
      group.add((tx) => tx.query('SELECT 1')),
      DatabaseUnavailable,
    )
    other.exec('ROLLBACK')
    other.close()
    connection.close()
  })

  it('keeps what it answered when the process is killed right after', async () => {
    const script = `
      import { openSqlite } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)}
      const database = openSqlite(${JSON.stringify(path)})
      await database.write("INSERT INTO things (id, text) VALUES (7, 'kept')")
      process.kill(process.pid, 'SIGKILL')`
    const other = spawn(process.execPath, ['--input-type=module', '-e', script])
    await once(other, 'exit')
    assert.equal(await count(), 1)
  })

  it('lets one process at most serve a folder', () => {
    const lock = lockFolder(folder)
    assert.throws(() => lockFolder(folder), FolderInUse)
    lock.release()
    lockFolder(folder).release()
  })
})
