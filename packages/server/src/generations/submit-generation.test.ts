import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { revokeKey } from '../keys/revoke-key.ts'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp, type TestAnswer, type TestApp } from '../testing/test-app.ts'

const HOUR_MS = 60 * 60 * 1000
const PROMPT = { prompt: 'A lighthouse' }

function codeOf({ status, body }: TestAnswer): string {
  return `${status} ${body?.error?.code}`
}

for (const kind of DATABASES) {
  describe(`submitting on ${kind.name}`, () => {
    let test: TestApp
    beforeEach(async () => {
      test = await createTestApp(kind, { credits: 10 })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [], 'the audit is clean')
      await test.close()
    })

    const withKey = (idempotencyKey: string) => ({ headers: { 'idempotency-key': idempotencyKey } })
    const balance = async () => (await test.call('GET', '/v1/account')).body.balance
    const count = async (table: string) =>
      (await test.database.read<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n

    it('charges, queues and answers at once', async () => {
      const answer = await test.submit('canvas-1', { ...PROMPT, num_images: 3 })
      assert.equal(answer.status, 200)
      const { request_id: id, ...rest } = answer.body
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.deepEqual(rest, {
        status: 'IN_QUEUE',
        queue_position: 0,
        status_url: `http://clipia.test/v1/requests/${id}/status`,
        response_url: `http://clipia.test/v1/requests/${id}`,
        cancel_url: `http://clipia.test/v1/requests/${id}/cancel`,
        events_url: `http://clipia.test/v1/requests/${id}/events`,
        cost: 3,
      })
      assert.deepEqual(await balance(), { credits: 7, reserved: 3 })
      assert.equal((await test.submit('canvas-1', PROMPT)).body.queue_position, 1)
      const pending = await test.call('GET', `/v1/requests/${id}`)
      assert.equal(pending.status, 202)
      assert.equal(pending.body.status, 'IN_QUEUE')
    })

    it('lets exactly as many through as there are credits for, however many come at once', async () => {
      const answers = await Promise.all(Array.from({ length: 60 }, () => test.submit('canvas-1', PROMPT)))
      const statuses = Map.groupBy(answers, ({ status }) => status)
      assert.equal(statuses.get(200)?.length, 10)
      assert.equal(statuses.get(402)?.length, 50)
      assert.deepEqual(await balance(), { credits: 0, reserved: 10 })
    })

    it('holds the budget of a key under concurrency', async () => {
      const key = await test.makeKey({ mode: 'live', budget: 4_000_000 })
      const answers = await Promise.all(Array.from({ length: 20 }, () => test.submit('canvas-1', PROMPT, { key })))
      assert.equal(answers.filter(({ status }) => status === 200).length, 4)
      assert.ok(
        answers.filter(({ status }) => status === 402).every(({ body }) => body.error.message.includes('budget')),
      )
    })

    it('makes one request of 50 parallel calls with the same idempotency key', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => test.submit('canvas-1', PROMPT, withKey('same'))),
      )
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
      assert.equal(new Set(answers.map(({ body }) => body.request_id)).size, 1)
      assert.equal(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 49)
      assert.deepEqual(await balance(), { credits: 9, reserved: 1 })
      assert.equal(await count('requests'), 1)
    })

    it('answers a replay with where the request stands now', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 1 })
      await test.submit('canvas-1', PROMPT, { key })
      const replay = async () => (await test.submit('canvas-1', PROMPT, { key, ...withKey('k') })).body
      assert.equal((await replay()).queue_position, 1)
      const { status, queue_position: position, request_id: id } = await replay()
      assert.deepEqual([status, position], ['IN_QUEUE', 1])
      await test.call('POST', `/v1/requests/${id}/cancel`, { key })
      assert.equal((await replay()).status, 'CANCELED')
    })

    it('refuses an idempotency key for anything different, and compares values, not the order of fields', async () => {
      await test.submit('canvas-1', { prompt: 'x', seed: 1 }, withKey('k'))
      const reordered = await test.submit('canvas-1', { seed: 1, prompt: 'x' }, withKey('k'))
      assert.equal(reordered.headers['idempotent-replayed'], 'true')
      for (const body of [
        { input: { prompt: 'x', seed: 2 } },
        { input: { prompt: 'x' } },
        { input: { prompt: 'x', seed: 1 }, webhook_url: 'https://example.com/hook' },
        { input: {} },
      ]) {
        const answer = await test.call('POST', '/v1/models/canvas-1', { body, ...withKey('k') })
        assert.equal(codeOf(answer), '409 idempotency_key_reuse')
      }
      const other = await test.submit('motion-1', { prompt: 'x', seed: 1 }, withKey('k'))
      assert.equal(codeOf(other), '409 idempotency_key_reuse')
      assert.equal(await count('requests'), 1)
    })

    it('keeps idempotency keys of other accounts and of the other mode apart', async () => {
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(5) })
      const answers = [
        await test.submit('canvas-1', PROMPT, withKey('k')),
        await test.submit('canvas-1', PROMPT, { ...withKey('k'), key: test.testKey }),
        await test.submit('canvas-1', PROMPT, { ...withKey('k'), key: stranger }),
      ]
      assert.equal(new Set(answers.map(({ body }) => body.request_id)).size, 3)
    })

    it('forgets the idempotency key of a refused submit', async () => {
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      assert.equal(codeOf(await test.submit('canvas-1', PROMPT, { key, ...withKey('k') })), '402 insufficient_credits')
      assert.equal(codeOf(await test.submit('canvas-1', {}, { key, ...withKey('k') })), '422 model_input_invalid')
      assert.equal(await count('idempotency_keys'), 0)
    })

    it('replays before any check of rate, price, balance or model', async () => {
      const key = await test.makeKey({ mode: 'live', requestsPerMinute: 1, accountId: await test.makeAccount(1) })
      const first = await test.submit('canvas-1', PROMPT, { key, ...withKey('k') })
      const replay = await test.call('POST', '/v1/models/canvas-1', {
        key,
        ...withKey('k'),
        body: { input: PROMPT, max_cost: 0, quote: 'anything' },
      })
      assert.equal(replay.body.request_id, first.body.request_id)
      assert.equal(codeOf(await test.submit('canvas-1', PROMPT, { key })), '429 rate_limit_exceeded')
    })

    it('remembers an idempotency key for 24 hours, and longer while its request is alive', async () => {
      const first = await test.submit('canvas-1', PROMPT, withKey('k'))
      const again = () => test.submit('canvas-1', PROMPT, withKey('k'))
      test.clock.advance(24 * HOUR_MS)
      assert.equal((await again()).body.request_id, first.body.request_id)
      for (const duty of test.app.duties) if (duty.name === 'end-overdue') await duty.run()
      const fresh = await again()
      assert.notEqual(fresh.body.request_id, first.body.request_id)
      assert.equal(fresh.headers['idempotent-replayed'], undefined)
    })

    it('takes 1 to 255 visible ASCII characters as an idempotency key', async () => {
      for (const key of [' ', 'with space', 'é', 'x'.repeat(256)]) {
        assert.equal(codeOf(await test.submit('canvas-1', PROMPT, withKey(key))), '400 invalid_request', key)
      }
      assert.equal((await test.submit('canvas-1', PROMPT, withKey('x'.repeat(255)))).status, 200)
    })

    it('honours a quote until it expires, for what it was made for only', async () => {
      const estimate = async (input: object, key = test.liveKey) =>
        (await test.call('POST', '/v1/models/canvas-1/estimate', { key, body: { input } })).body
      const { quote, credits } = await estimate(PROMPT)
      const submit = (body: object, key = test.liveKey, model = 'canvas-1') =>
        test.call('POST', `/v1/models/${model}`, { key, body: { input: PROMPT, ...body } })
      assert.equal((await submit({ quote })).body.cost, credits)

      const [payload, mac] = String(quote).split('.')
      const forged = Buffer.from(
        JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()), credits: 0 }),
      ).toString('base64url')
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(5) })
      for (const answer of [
        await submit({ quote: `${forged}.${mac}` }),
        await submit({ quote: 'nonsense' }),
        await submit({ quote: '' }),
        await submit({ quote, input: { prompt: 'another' } }),
        await submit({ quote }, test.testKey),
        await submit({ quote }, stranger),
        await submit({ quote }, test.liveKey, 'motion-1'),
      ]) {
        assert.equal(codeOf(answer), '400 invalid_request')
        assert.equal(answer.body.error.param, 'quote')
      }
      test.clock.advance(10 * 60 * 1000)
      const late = await submit({ quote })
      assert.equal(codeOf(late), '409 price_changed')
      assert.match(late.body.error.message, /1 credits/)
    })

    it('refuses a price above max_cost and names it', async () => {
      const submit = (maxCost: number) =>
        test.call('POST', '/v1/models/canvas-1', { body: { input: { ...PROMPT, num_images: 2 }, max_cost: maxCost } })
      const refused = await submit(1)
      assert.equal(codeOf(refused), '409 price_changed')
      assert.match(refused.body.error.message, /2 credits/)
      assert.equal((await submit(2)).status, 200)
    })

    it('stops a revoked key in the transaction, even where a node still believes it', async () => {
      const [row] = await test.database.read<{ key_id: string }>(`SELECT key_id FROM api_keys WHERE mode = 'live'`)
      assert.equal((await test.submit('canvas-1', PROMPT)).status, 200)
      await revokeKey(test, row?.key_id ?? '')
      assert.equal(codeOf(await test.submit('canvas-1', PROMPT)), '401 invalid_api_key')
      assert.equal(await count('requests'), 1)
    })

    it('completes a sandbox request at once, charges nothing, and hides it from live keys', async () => {
      const key = test.testKey
      const poor = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
      const submitted = await test.call('POST', '/v1/models/canvas-1', {
        key: poor,
        body: { input: PROMPT, webhook_url: 'https://example.com/hook' },
      })
      const { request_id: id, status, queue_position: position, cost } = submitted.body
      assert.deepEqual({ status, position, cost }, { status: 'COMPLETED', position: 0, cost: 1 })
      const result = await test.call('GET', `/v1/requests/${id}`, { key: poor })
      assert.equal(result.status, 200)
      assert.equal(result.body.mode, 'test')
      assert.equal(result.body.charged, 0)
      assert.equal(result.body.output.images[0].url, 'http://clipia.test/media/samples/image.webp')
      for (const viewer of [test.liveKey, key]) {
        assert.equal(codeOf(await test.call('GET', `/v1/requests/${id}`, { key: viewer })), '404 not_found')
        assert.equal(codeOf(await test.call('GET', `/v1/requests/${id}/status`, { key: viewer })), '404 not_found')
      }
      assert.equal((await test.call('GET', '/v1/account', { key })).body.usage_30d.requests, 0)
      assert.equal(await count('ledger_entries'), 1)
      assert.equal(await count('deliveries'), 1)
      const sample = await test.call('GET', '/media/samples/image.webp', { key: null })
      assert.equal(sample.status, 200)
      assert.equal(sample.headers['content-type'], 'image/webp')
    })
  })
}
