import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES, type TestDatabase } from '../testing/databases.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { Database } from './database.ts'

for (const kind of DATABASES) {
  describe(`notifications on ${kind.name}`, () => {
    let test: TestDatabase
    let nodes: Database[]
    let heard: string[][]

    beforeEach(async () => {
      test = await kind.create()
      // One process serves a SQLite file: there the second node is the first.
      const first = test.open()
      nodes = kind.name === 'SQLite' ? [first, first] : [first, test.open()]
      heard = nodes.map(() => [])
      for (const [index, node] of nodes.entries()) {
        node.notifications.listen((topic, id) => heard[index]?.push(`${topic} ${id}`))
      }
      await isConnected()
    })
    afterEach(async () => {
      await Promise.all([...new Set(nodes)].map((node) => node.close()))
      await test.remove()
    })

    /** Waits until every node listens. */
    async function isConnected(): Promise<void> {
      await waitFor('all to listen', async () => {
        nodes[0]?.notifications.notify('hello', 'first')
        nodes[1]?.notifications.notify('hello', 'second')
        const hears = (index: number, who: string) => heard[index]?.includes(`hello ${who}`) ?? false
        return hears(0, 'second') && hears(1, 'first')
      })
      for (const list of heard) list.length = 0
    }
    const without = (index: number) => (heard[index] ?? []).filter((notice) => !notice.startsWith('hello'))

    it('tells this node at once and the other soon, each once', async () => {
      nodes[0]?.notifications.notify('topic', 'a')
      assert.ok(heard[0]?.includes('topic a'))
      nodes[0]?.notifications.notify('topic', 'last')
      await waitFor('the notice', () => without(1).includes('topic last'))
      assert.deepEqual(without(1), ['topic a', 'topic last'])
      assert.deepEqual(without(0), ['topic a', 'topic last'])
    })

    it('carries thousands at once', async () => {
      const ids = Array.from(
        { length: 3_000 },
        (_, index) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      )
      for (const id of ids) nodes[0]?.notifications.notify('topic', id)
      await waitFor('the last', () => without(1).length >= ids.length)
      assert.deepEqual(
        without(1),
        ids.map((id) => `topic ${id}`),
      )
    })

    it('tells no more to who stopped listening', async () => {
      const late: string[] = []
      const stop = nodes[1]?.notifications.listen((_topic, id) => late.push(id))
      stop?.()
      nodes[0]?.notifications.notify('topic', 'a')
      await waitFor('the notice', () => without(1).includes('topic a'))
      assert.ok(!late.includes('a'))
    })

    if (kind.name === 'PostgreSQL') {
      it('listens again after its connection was lost', async () => {
        const [first] = nodes
        const { rowCount } = (await first
          ?.read<{ rowCount: number }>(
            `SELECT count(pg_terminate_backend(pid)) AS "rowCount" FROM pg_stat_activity
           WHERE datname = current_database() AND query LIKE 'LISTEN%' OR query LIKE '%pg_notify%' AND pid <> pg_backend_pid()`,
          )
          .then((rows) => rows[0] ?? { rowCount: 0 })) ?? { rowCount: 0 }
        assert.ok(rowCount >= 2, `${rowCount} connections ended`)
        await isConnected()
      })
    }
  })
}
