import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import pg from 'pg'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { waitFor } from '../testing/wait-for.ts'
import { type Database, DatabaseUnavailable } from './database.ts'
import { openPostgres } from './postgres.ts'

const POSTGRESQL = DATABASES.filter(({ name }) => name === 'PostgreSQL')

for (const kind of POSTGRESQL) {
  describe(`connections that ${kind.name} ends`, () => {
    let test: TestDatabase
    let database: Database
    let other: pg.Client
    beforeEach(async () => {
      test = await kind.create()
      database = test.open()
      other = new pg.Client({ connectionString: test.location })
      await other.connect()
    })
    afterEach(async () => {
      await other.end()
      await database.close()
      await test.remove()
    })

    /** Ends every connection to this test's database but its own; the answer comes before the others have noticed. */
    const endConnections = () =>
      other.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )

    const isWell = async () => {
      const outcomes = await Promise.allSettled([
        database.transaction((tx) => tx.query('SELECT 1 AS one')),
        database.write('UPDATE accounts SET name = name'),
        database.read('SELECT 1 AS one'),
      ])
      return outcomes.every(({ status }) => status === 'fulfilled')
    }

    it('are replaced, and what met one of them is unavailable at the worst', async () => {
      for (let round = 0; round < 30; round += 1) {
        await waitFor('connections that were opened again', isWell)
        const met = [
          endConnections(),
          ...Array.from({ length: 4 }, () => database.transaction((tx) => tx.query('SELECT 1 AS one'))),
          database.write('UPDATE accounts SET name = name'),
          database.read('SELECT 1 AS one'),
        ]
        for (const outcome of await Promise.allSettled(met)) {
          if (outcome.status === 'fulfilled') continue
          assert.ok(outcome.reason instanceof DatabaseUnavailable, String(outcome.reason))
        }
      }
      await waitFor('connections that were opened again', isWell)
    })
  })
}

/** A message of the PostgreSQL protocol: its type, its length, its body. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

describe('a server that stops at the moment it has let somebody in', () => {
  it('is unavailable, and ends nobody’s process', async () => {
    const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]
    const goodbye = message('E', Buffer.from('SFATAL\0C57P01\0Mit stops\0\0'))
    const server = createServer((socket) => {
      socket.on('error', () => {})
      // In one piece, as it comes from a busy machine.
      socket.once('data', () => socket.end(Buffer.concat([...welcome, goodbye])))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const database = openPostgres(`postgres://x@127.0.0.1:${(server.address() as AddressInfo).port}/x`)
    for (const met of [
      database.transaction((tx) => tx.query('SELECT 1 AS one')),
      database.write('UPDATE accounts SET name = name'),
      database.read('SELECT 1 AS one'),
    ]) {
      await assert.rejects(met, DatabaseUnavailable)
    }
    await database.close()
    server.close()
  })
})
