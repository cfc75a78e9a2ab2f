import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import type { TestAnswer } from '../testing/test-app.ts'
import { createWebhookMachine, type WebhookMachine } from '../webhooks/testing/webhook-machine.ts'

const NOBODY = '01a2109a-b248-70ee-8bc4-2736002054b2'

function codeOf({ status, body }: TestAnswer): string {
  return `${status} ${body?.error?.code}`
}

for (const kind of DATABASES) {
  describe(`the log of webhooks on ${kind.name}`, () => {
    let test: WebhookMachine
    beforeEach(async () => {
      test = await createWebhookMachine(kind)
    })
    afterEach(() => test.auditAndClose())

    const list = (query = '', key = test.testKey) => test.call('GET', `/v1/deliveries${query}`, { key })
    const redeliver = (id: string, key = test.testKey) => test.call('POST', `/v1/deliveries/${id}/redeliver`, { key })
    const killed = async () => {
      test.receiver.react = () => 410
      const id = await test.submitHook()
      await test.deliver()
      test.receiver.react = () => 200
      return { id, delivery: await test.logOf(id) }
    }

    it('200: lists newest first in pages that neither repeat nor leave out', async () => {
      const ids: string[] = []
      for (let index = 0; index < 7; index += 1) {
        ids.push(await test.submitHook())
        test.clock.advance(1)
      }
      await test.deliver()
      const seen: string[] = []
      let query = '?limit=3'
      for (let page = 0; page < 3; page += 1) {
        const { status, body } = await list(query)
        assert.equal(status, 200)
        seen.push(...body.data.map((delivery: { request_id: string }) => delivery.request_id))
        assert.equal(body.next_cursor === null, page === 2)
        query = `?limit=3&cursor=${encodeURIComponent(body.next_cursor)}`
        // What comes meanwhile does not move the pages.
        await test.submitHook()
      }
      assert.deepEqual(seen, ids.reverse())
    })

    it('200: filters by state, shows dead letters, and has no next page after a full last one', async () => {
      const { delivery } = await killed()
      await test.submitHook()
      await test.deliver()
      await test.submitHook()
      const states = async (query: string) =>
        (await list(query)).body.data.map(({ state }: { state: string }) => state).join()
      assert.equal(await states(''), 'pending,delivered,dead')
      for (const state of ['pending', 'delivered', 'dead']) assert.equal(await states(`?state=${state}`), state)
      const { data, next_cursor: next } = (await list('?state=dead&limit=1')).body
      const { attempts: _, ...summary } = delivery
      assert.deepEqual([data, next], [[summary], null])
      assert.equal(delivery.last_error, 'it answered with status 410')
    })

    it('200: says nothing of a request without a webhook, or before its end', async () => {
      const { body: plain } = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      const alive = await test.submitHook(test.receiver.url, test.liveKey)
      for (const [id, key] of [
        [plain.request_id, test.testKey],
        [alive, test.liveKey],
      ]) {
        const { status, body } = await test.call('GET', `/v1/requests/${id}/deliveries`, { key })
        assert.deepEqual([status, body], [200, { data: [] }])
      }
    })

    it('202: sends a dead or delivered webhook again, to the same place with the same id and all attempts anew', async () => {
      const { id, delivery } = await killed()
      test.receiver.react = () => 500
      for (let round = 0; round < 2; round += 1) {
        const { status, body } = await redeliver(delivery.delivery_id)
        assert.deepEqual([status, body.state, body.completed_at], [202, 'pending', null], 'repeating changes nothing')
      }
      for (let round = 0; round < 10; round += 1) {
        await test.deliver()
        test.clock.advance(3 * 3_600_000)
      }
      assert.deepEqual([(await test.logOf(id)).state, (await test.logOf(id)).attempt_count], ['dead', 1 + 6])
      test.receiver.react = () => 200
      await redeliver(delivery.delivery_id.toUpperCase())
      await test.deliver()
      await redeliver(delivery.delivery_id)
      await test.deliver()
      const log = await test.logOf(id)
      assert.deepEqual([log.state, log.attempt_count, log.last_error], ['delivered', 9, null])
      const ids = test.receiver.received.map(({ headers }) => headers['x-clipia-webhook-id'])
      assert.deepEqual(new Set(ids), new Set([delivery.delivery_id]))
    })

    it('202: tries a waiting one now, without starting its attempts anew, and leaves one under way alone', async () => {
      test.receiver.react = () => 500
      const id = await test.submitHook()
      await test.deliver()
      const { delivery_id: deliveryId } = await test.logOf(id)
      let woken = 0
      test.app.onDelivery(() => {
        woken += 1
      })
      for (let round = 2; round <= 6; round += 1) {
        assert.equal((await redeliver(deliveryId)).status, 202)
        await test.deliver()
        assert.equal(test.receiver.received.length, round)
      }
      assert.ok(woken >= 5)
      assert.equal((await test.logOf(id)).state, 'dead')

      test.receiver.react = () => null
      await redeliver(deliveryId)
      const node = test.createNode({ timeoutMs: 60_000 })
      await node.claim()
      await test.receiver.until(7)
      const { body } = await redeliver(deliveryId)
      assert.deepEqual([body.state, body.next_attempt_at], ['pending', null])
      await test.deliver()
      assert.equal(test.receiver.received.length, 7)
      node.abort()
      await node.idle()
    })

    it('202: goes through an open breaker at once', async () => {
      test.receiver.react = () => null
      const node = test.createNode({ timeoutMs: 1 })
      const ids: string[] = []
      for (let index = 0; index < 12; index += 1) ids.push(await test.submitHook())
      await test.deliver(node)
      const before = test.receiver.received.length
      test.receiver.react = () => 200
      await test.deliver()
      assert.equal(test.receiver.received.length, before, 'the breaker is open')
      const { delivery_id: deliveryId } = await test.logOf(ids[11] ?? '')
      await redeliver(deliveryId)
      await test.deliver()
      assert.ok(test.receiver.received.length > before)
    })

    it('400: refuses what is no cursor, state or limit, by name', async () => {
      const { body } = await list('?limit=1')
      assert.equal(body.next_cursor, null)
      for (const [query, param] of [
        ['?cursor=x', 'cursor'],
        ['?cursor=', 'cursor'],
        [`?cursor=${Buffer.from("' OR 1=1").toString('base64url')}`, 'cursor'],
        ['?state=lost', 'state'],
        ['?limit=0', 'limit'],
        ['?limit=101', 'limit'],
        ['?limit=x', 'limit'],
      ]) {
        const answer = await list(query)
        assert.equal(codeOf(answer), '400 invalid_request', query)
        assert.equal(answer.body.error.param, param, query)
      }
      assert.equal(codeOf(await list('?color=red')), '400 invalid_request')
    })

    it('401 and 403: needs a key, with read for the log and generate to send again', async () => {
      const { id, delivery } = await killed()
      const reader = await test.makeKey({ mode: 'test', scopes: ['read'] })
      const writer = await test.makeKey({ mode: 'test', scopes: ['generate'] })
      const paths = ['/v1/deliveries', `/v1/requests/${id}/deliveries`] as const
      for (const path of paths) {
        assert.equal(codeOf(await test.call('GET', path, { key: null })), '401 invalid_api_key')
        assert.equal(codeOf(await test.call('GET', path, { key: writer })), '403 insufficient_scope')
        assert.equal((await test.call('GET', path, { key: reader })).status, 200)
      }
      const path = `/v1/deliveries/${delivery.delivery_id}/redeliver`
      assert.equal(codeOf(await test.call('POST', path, { key: null })), '401 invalid_api_key')
      assert.equal(codeOf(await test.call('POST', path, { key: reader })), '403 insufficient_scope')
      assert.equal((await test.call('POST', path, { key: writer })).status, 202)
    })

    it('404: shows and sends nothing of another account, another mode or nobody', async () => {
      const { id, delivery } = await killed()
      const stranger = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
      for (const key of [stranger, test.liveKey]) {
        assert.deepEqual((await list('', key)).body, { data: [], next_cursor: null })
        assert.equal(codeOf(await test.call('GET', `/v1/requests/${id}/deliveries`, { key })), '404 not_found')
        assert.equal(codeOf(await redeliver(delivery.delivery_id, key)), '404 not_found')
      }
      for (const unknown of [NOBODY, 'x', '%00']) {
        assert.equal(codeOf(await redeliver(unknown)), '404 not_found')
        assert.equal(
          codeOf(await test.call('GET', `/v1/requests/${unknown}/deliveries`, { key: test.testKey })),
          '404 not_found',
        )
      }
      assert.equal((await test.logOf(id)).state, 'dead')
    })

    it('429: counts sending again as a write', async () => {
      const key = await test.makeKey({ mode: 'test', requestsPerMinute: 1 })
      const { delivery } = await killed()
      assert.equal((await redeliver(delivery.delivery_id, key)).status, 202)
      assert.equal(codeOf(await redeliver(delivery.delivery_id, key)), '429 rate_limit_exceeded')
    })
  })
}
