import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { listStatement } from '../../../generations/list-generations.ts'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'

const FAILURE = { state: 'failed', code: 'GENERATION_FAILED', message: '=1+1, "so"', isCharged: false } as const
const DAY_MS = 86_400_000

for (const kind of DATABASES) {
  describe(`GET /v1/requests on ${kind.name}`, () => {
    let test: Machine
    let otherKey: string
    /** Newest first: failed, running, canceled, queued by another key. */
    const ids: Record<'failed' | 'running' | 'canceled' | 'queued', string> = {
      failed: '',
      running: '',
      canceled: '',
      queued: '',
    }
    const list = (query = '', key = test.liveKey, accept?: string) =>
      test.call('GET', `/v1/requests${query}`, { key, ...(accept !== undefined && { headers: { accept } }) })
    const idsOf = async (query: string) =>
      (await list(query)).body.data.map(({ request_id: id }: { request_id: string }) => id)

    before(async () => {
      test = await createMachine(kind)
      otherKey = await test.makeKey({ mode: 'live' })
      ids.failed = await test.submitJob()
      test.engine.onCheck = async () => FAILURE
      await test.work()
      test.clock.advance(1_000)
      await test.work()
      test.engine.onCheck = async () => ({ state: 'running', percent: 5 })
      test.clock.advance(DAY_MS)
      ids.running = await test.submitJob()
      await test.work()
      ids.canceled = await test.submitJob()
      await test.call('POST', `/v1/requests/${ids.canceled}/cancel`)
      test.clock.advance(DAY_MS)
      test.engine.slots = 0
      ids.queued = await test.submitJob(otherKey)
      await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(10) })
      await test.submitJob(stranger)
    })
    after(() => test.auditAndClose())

    it('lists the requests of the account and mode, newest first, each with what is known of it', async () => {
      const { status, body } = await list()
      assert.equal(status, 200)
      assert.equal(body.next_cursor, null)
      assert.deepEqual(
        body.data.map((entry: { request_id: string }) => entry.request_id),
        [ids.queued, ids.canceled, ids.running, ids.failed],
      )
      const { key_id, scenario, ...entry } = body.data[3]
      assert.deepEqual(entry, await test.result(ids.failed))
      assert.equal(scenario, null)
      assert.notEqual(key_id, body.data[0].key_id)
      assert.equal((await list('', test.testKey)).body.data.length, 1)
    })

    it('narrows by status, model, key and time', async () => {
      const all = await list()
      const [keyOfOther, keyOfMine] = [all.body.data[0].key_id, all.body.data[3].key_id]
      const dayOf = (daysAgo: number) => new Date(test.clock.now() - daysAgo * DAY_MS).toISOString()
      const expected: [string, string[]][] = [
        ['?status=IN_QUEUE', [ids.queued]],
        ['?status=IN_PROGRESS', [ids.running]],
        ['?status=COMPLETED', []],
        ['?status=FAILED', [ids.failed]],
        ['?status=CANCELED', [ids.canceled]],
        ['?model=remote-1&limit=2', [ids.queued, ids.canceled]],
        ['?model=canvas-1', []],
        [`?key=${keyOfOther.toUpperCase()}`, [ids.queued]],
        [`?key=${keyOfMine}&status=FAILED&model=remote-1`, [ids.failed]],
        [`?key=nonsense`, []],
        [`?created_from=${dayOf(0)}`, [ids.queued]],
        [`?created_until=${dayOf(0)}`, [ids.canceled, ids.running, ids.failed]],
        [`?created_from=${dayOf(1)}&created_until=${dayOf(0)}`, [ids.canceled, ids.running]],
        ['?created_from=2027-01-02', [ids.queued, ids.canceled, ids.running]],
        ['?created_from=1970-01-01&created_until=9999-12-31', [ids.queued, ids.canceled, ids.running, ids.failed]],
      ]
      for (const [query, found] of expected) assert.deepEqual(await idsOf(query), found, query)
    })

    it('comes in pages that neither shift nor repeat when new requests come', async () => {
      const first = await list('?limit=2')
      assert.equal(first.body.data.length, 2)
      const extra = await test.submitJob()
      const second = await list(`?limit=2&cursor=${first.body.next_cursor}`)
      assert.deepEqual(
        second.body.data.map((entry: { request_id: string }) => entry.request_id),
        [ids.running, ids.failed],
      )
      assert.equal(second.body.next_cursor, null)
      await test.call('POST', `/v1/requests/${extra}/cancel`)
    })

    it('is a file of comma-separated values for who accepts that, whole and harmless', async () => {
      const { status, headers, body } = await list('?status=FAILED', test.liveKey, 'text/csv')
      assert.equal(status, 200)
      assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
      assert.match(String(headers['content-disposition']), /requests\.csv/)
      const [header, row, ...rest] = body.toString().split('\r\n')
      assert.ok(header.startsWith('request_id,status,model'))
      assert.ok(row.startsWith(`${ids.failed},FAILED,remote-1,live,`))
      assert.ok(row.endsWith(`,GENERATION_FAILED,"'=1+1, ""so"""`), row)
      assert.deepEqual(rest, [''])
      const all = await list('?limit=1', test.liveKey, 'application/json;q=0.5, text/csv;q=0.9')
      assert.ok(all.body.toString().split('\r\n').length > 5)
    })

    it('names what is wrong with a query', async () => {
      const faults: [string, string][] = [
        ['?status=DONE', 'status'],
        ['?limit=0', 'limit'],
        ['?limit=101', 'limit'],
        ['?limit=x', 'limit'],
        ['?cursor=nonsense', 'cursor'],
        ['?created_from=yesterday', 'created_from'],
        ['?created_until=2027-13-01', 'created_until'],
        ['?created_until=2027-01-01T10:00:00', 'created_until'],
        ['?colour=red', 'colour'],
      ]
      for (const [query, param] of faults) {
        const { status, body } = await list(query)
        assert.deepEqual([status, body.error.code, body.error.param], [400, 'invalid_request', param], query)
      }
    })

    it('wants the read scope', async () => {
      const key = await test.makeKey({ mode: 'live', scopes: ['generate'] })
      assert.equal((await list('', key)).status, 403)
      assert.equal((await list('', 'nonsense')).status, 401)
      assert.equal((await test.call('GET', '/v1/account/ledger', { key })).status, 403)
    })

    if (kind.name === 'SQLite') {
      it('finds every filter by an index of its own and never sorts', async () => {
        const filters = [
          [{}, 'requests_by_account'],
          [{ status: 'IN_QUEUE' }, 'requests_alive'],
          [{ status: 'IN_PROGRESS' }, 'requests_alive'],
          [{ status: 'COMPLETED' }, 'requests_completed'],
          [{ status: 'FAILED' }, 'requests_failed'],
          [{ status: 'CANCELED' }, 'requests_canceled'],
          [{ model: 'm' }, 'requests_by_model'],
          [{ keyId: 'k' }, 'requests_by_key'],
          [{ from: 1, until: 2 }, 'requests_by_account'],
        ] as const
        for (const [filter, index] of filters) {
          const { sql, parameters } = listStatement({ accountId: 'a', mode: 'live' }, filter, {
            before: null,
            limit: 9,
          })
          const plan = await test.database.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters)
          const details = plan.map(({ detail }) => detail).join('; ')
          assert.match(details, new RegExp(`^SEARCH requests USING INDEX ${index} `), JSON.stringify(filter))
          assert.doesNotMatch(details, /TEMP B-TREE/)
        }
      })
    }
  })
}
