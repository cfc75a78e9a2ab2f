import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { toMicro } from '../../../credits/amount.ts'
import { grantCredits } from '../../../credits/grant-credits.ts'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'

for (const kind of DATABASES) {
  describe(`GET /v1/account/ledger on ${kind.name}`, () => {
    let test: Machine
    let canceled: string
    const list = (query = '', key = test.liveKey, accept?: string) =>
      test.call('GET', `/v1/account/ledger${query}`, { key, ...(accept !== undefined && { headers: { accept } }) })
    const briefOf = (entry: { seq: number; kind: string; credits: number; balance_after: number }) =>
      `${entry.seq} ${entry.kind} ${entry.credits} ${entry.balance_after}`

    before(async () => {
      test = await createMachine(kind)
      await test.submitJob()
      canceled = await test.submitJob()
      await test.call('POST', `/v1/requests/${canceled}/cancel`)
      const grant = { accountId: test.accountId, amount: toMicro(5), reference: 'order-7', note: '=HYPERLINK("x")' }
      await grantCredits(test.database, test.clock, grant)
      const headers = { 'clipia-sandbox-scenario': 'slow' }
      await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey, headers })
    })
    after(() => test.auditAndClose())

    it('lists every movement of the live credits, newest first', async () => {
      const { status, body } = await list()
      assert.equal(status, 200)
      assert.deepEqual(body.data.map(briefOf), [
        '5 grant 5 102',
        '4 refund 3 97',
        '3 charge -3 94',
        '2 charge -3 97',
        '1 grant 100 100',
      ])
      const { reference, note, request_id: id, created_at: time } = body.data[0]
      assert.deepEqual([reference, note, id], ['order-7', '=HYPERLINK("x")', null])
      assert.equal(time, new Date(test.clock.now()).toISOString())
      assert.equal(body.data[1].request_id, canceled)
    })

    it('shows a test key the ledger of the sandbox only', async () => {
      const { body } = await list('', test.testKey)
      assert.deepEqual(body.data.map(briefOf), ['2 charge -1 1000', '1 grant 1001 1001'])
    })

    it('narrows by kind and request', async () => {
      const seqs = async (query: string) => (await list(query)).body.data.map(({ seq }: { seq: number }) => seq)
      assert.deepEqual(await seqs('?kind=grant'), [5, 1])
      assert.deepEqual(await seqs('?kind=refund'), [4])
      assert.deepEqual(await seqs('?kind=charge'), [3, 2])
      assert.deepEqual(await seqs(`?request=${canceled.toUpperCase()}`), [4, 3])
      assert.deepEqual(await seqs(`?request=${canceled}&kind=charge`), [3])
      assert.deepEqual(await seqs('?request=nonsense'), [])
    })

    it('comes in pages', async () => {
      const seen: number[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { body } = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
        seen.push(...body.data.map(({ seq }: { seq: number }) => seq))
        cursor = body.next_cursor
      }
      assert.deepEqual(seen, [5, 4, 3, 2, 1])
    })

    it('is a file of comma-separated values for who accepts that', async () => {
      const { headers, body } = await list('?kind=grant', test.liveKey, 'text/csv')
      assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
      const [header, row] = body.toString().split('\r\n')
      assert.equal(header, 'seq,created_at,kind,credits,balance_after,request_id,reference,note')
      assert.ok(row.endsWith(`,grant,5,102,,order-7,"'=HYPERLINK(""x"")"`), row)
    })

    it('hides it from other accounts and names what is wrong with a query', async () => {
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      assert.deepEqual((await list('', stranger)).body, { data: [], next_cursor: null })
      assert.deepEqual((await list(`?request=${canceled}`, stranger)).body.data, [])
      for (const [query, param] of [
        ['?kind=gift', 'kind'],
        ['?limit=1000', 'limit'],
        ['?cursor=5', 'cursor'],
      ]) {
        const { status, body } = await list(query)
        assert.deepEqual([status, body.error.param], [400, param])
      }
    })

    it('counts usage by the day of the submit', async () => {
      const usage = async () => (await test.call('GET', '/v1/account')).body.usage_30d
      assert.deepEqual(await usage(), { requests: 2, credits_spent: 3 })
      const days = await test.database.read(
        'SELECT model, requests, completed, failed, canceled, charged, refunded FROM usage_days',
      )
      assert.deepEqual(
        days.map((row) => ({ ...row })),
        [
          {
            model: 'remote-1',
            requests: 2,
            completed: 0,
            failed: 0,
            canceled: 1,
            charged: toMicro(6),
            refunded: toMicro(3),
          },
        ],
      )
      test.clock.advance(29 * 86_400_000)
      assert.deepEqual(await usage(), { requests: 2, credits_spent: 3 })
      test.clock.advance(86_400_000)
      assert.deepEqual(await usage(), { requests: 0, credits_spent: 0 })
    })
  })
}
