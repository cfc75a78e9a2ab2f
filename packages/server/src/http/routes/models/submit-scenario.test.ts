import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { SandboxScenario } from '@clipia/contract'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'

const CREDITS = 1_000_000

for (const kind of DATABASES) {
  describe(`scenarios of the sandbox on ${kind.name}`, () => {
    let test: Machine
    let poor: string
    const play = (scenario: string, headers: Record<string, string> = {}, key = poor) =>
      test.submit('canvas-1', { prompt: 'x' }, { key, headers: { 'clipia-sandbox-scenario': scenario, ...headers } })
    const read = async (path: string, key = poor) => (await test.call('GET', path, { key })).body
    const codeOf = ({ status, body }: { status: number; body: { error: { code: string; param?: string } } }) =>
      `${status} ${body.error.code} ${body.error.param}`
    const shadow = async () =>
      (await test.database.read(`SELECT balance, reserved FROM balances WHERE mode = 'test' AND last_seq > 0`)).map(
        (row) => ({ ...row }),
      )

    /** Lets half a second after half a second go by, and answers the statuses on the way. */
    async function walk(id: string): Promise<string[]> {
      const seen: string[] = []
      for (let step = 0; step < 20; step += 1) {
        const { status, progress } = await read(`/v1/requests/${id}/status`)
        if (seen.at(-1) !== `${status} ${progress}`) seen.push(`${status} ${progress}`)
        await test.work()
        await test.runDuty('end-overdue')
        test.clock.advance(500)
      }
      return seen
    }

    beforeEach(async () => {
      test = await createMachine(kind)
      poor = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
    })
    afterEach(() => test.auditAndClose())

    it('slow: queued, running with progress, completed with the sample, charged to the shadow ledger only', async () => {
      const { body } = await play('slow')
      assert.deepEqual([body.status, body.queue_position, body.cost], ['IN_QUEUE', 0, 1])
      const seen = await walk(body.request_id)
      assert.deepEqual([seen[0], seen[1], seen.at(-1)], ['IN_QUEUE 0', 'IN_PROGRESS 0', 'COMPLETED 100'])
      assert.ok(seen.includes('IN_PROGRESS 50'), seen.join())
      const result = await read(`/v1/requests/${body.request_id}`)
      assert.deepEqual([result.status, result.mode, result.cost, result.charged], ['COMPLETED', 'test', 1, 0])
      assert.equal(result.output.images[0].url, 'http://clipia.test/media/samples/image.webp')
      const account = await read('/v1/account')
      assert.deepEqual(account.balance, { credits: 0, reserved: 0 })
      assert.deepEqual(account.usage_30d, { requests: 0, credits_spent: 0 })
      assert.deepEqual(await shadow(), [{ balance: 1_000 * CREDITS, reserved: 0 }])
      assert.deepEqual(test.engine.starts, [], 'no real engine ran')
    })

    const endings: [SandboxScenario, string, string | undefined][] = [
      ['fail', 'FAILED', 'GENERATION_FAILED'],
      ['reject', 'FAILED', 'CONTENT_REJECTED'],
      ['timeout', 'FAILED', 'TIMED_OUT'],
      ['cancel', 'CANCELED', undefined],
    ]
    for (const [scenario, status, code] of endings) {
      it(`${scenario}: ends ${status} ${code ?? ''}, is refunded in the shadow ledger, and its webhook is told`, async () => {
        const { body } = await test.call('POST', '/v1/models/canvas-1', {
          key: poor,
          headers: { 'clipia-sandbox-scenario': scenario },
          body: { input: { prompt: 'x' }, webhook_url: 'https://example.com/hook' },
        })
        assert.deepEqual(await shadow(), [{ balance: 1_000 * CREDITS, reserved: CREDITS }])
        const seen = await walk(body.request_id)
        assert.ok(seen.some((line) => line.startsWith('IN_PROGRESS')))
        const result = await read(`/v1/requests/${body.request_id}`)
        assert.deepEqual([result.status, result.error?.code, result.charged], [status, code, 0])
        assert.deepEqual(await shadow(), [{ balance: 1_001 * CREDITS, reserved: 0 }])
        const deliveries = await read(`/v1/requests/${body.request_id}/deliveries`)
        assert.equal(deliveries.data.length, 1)
      })
    }

    it('can be canceled while it plays', async () => {
      const { body } = await play('slow')
      await test.work()
      assert.equal((await test.call('POST', `/v1/requests/${body.request_id}/cancel`, { key: poor })).status, 202)
      await walk(body.request_id)
      assert.equal((await read(`/v1/requests/${body.request_id}`)).status, 'CANCELED')
    })

    it('never refuses for want of credits, however much is played', async () => {
      const accountId = await test.makeAccount(0)
      const key = await test.makeKey({ mode: 'test', accountId, concurrency: 3 })
      const answers = await Promise.all(Array.from({ length: 40 }, () => play('reject', {}, key)))
      for (const { status } of answers) assert.equal(status, 200)
      assert.ok(
        answers.some(({ body }) => body.queue_position > 0),
        'beyond the concurrency they wait',
      )
    })

    it('is bound to a key, and the header wins', async () => {
      const key = await test.makeKey({ mode: 'test', scenario: 'fail' })
      const bound = await test.submit('canvas-1', { prompt: 'x' }, { key })
      assert.equal(bound.body.status, 'IN_QUEUE')
      const headed = await play('reject', {}, key)
      await walk(bound.body.request_id)
      assert.equal((await read(`/v1/requests/${bound.body.request_id}`, key)).error.code, 'GENERATION_FAILED')
      assert.equal((await read(`/v1/requests/${headed.body.request_id}`, key)).error.code, 'CONTENT_REJECTED')
      const plain = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      assert.equal(plain.body.status, 'COMPLETED')
    })

    it('is part of what an idempotency key stands for', async () => {
      const idempotent = { 'idempotency-key': 'k' }
      const first = await play('fail', idempotent)
      const again = await play('fail', idempotent)
      assert.equal(again.body.request_id, first.body.request_id)
      assert.equal(again.headers['idempotent-replayed'], 'true')
      assert.equal((await play('reject', idempotent)).status, 409)
      const without = await test.submit('canvas-1', { prompt: 'x' }, { key: poor, headers: idempotent })
      assert.equal(without.status, 409)
    })

    it('is refused on a live key, where it is unknown, and for a live key when that is made', async () => {
      const named = 'Clipia-Sandbox-Scenario'
      assert.equal(codeOf(await play('fail', {}, test.liveKey)), `400 invalid_request ${named}`)
      const unknown = await play('explode')
      assert.equal(codeOf(unknown), `400 invalid_request ${named}`)
      assert.match(unknown.body.error.message, /slow, fail, reject, timeout, cancel/)
      await assert.rejects(test.makeKey({ mode: 'live', scenario: 'fail' }), /test keys/)
      await assert.rejects(test.makeKey({ mode: 'test', scenario: 'explode' as 'fail' }), /slow, fail/)
      const count = await test.database.read(`SELECT count(*) AS n FROM requests`)
      assert.deepEqual({ ...count[0] }, { n: 0 })
    })

    it('validates and prices as always', async () => {
      const headers = { 'clipia-sandbox-scenario': 'slow' }
      assert.equal((await test.submit('canvas-1', {}, { key: poor, headers })).status, 422)
      assert.equal((await test.submit('canvas-1', { prompt: 'x', num_images: 3 }, { key: poor, headers })).body.cost, 3)
    })
  })
}
