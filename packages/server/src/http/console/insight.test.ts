import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Browser, signInAsOwner } from '../../testing/console-session.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

for (const kind of DATABASES) {
  describe(`what the console shows besides on ${kind.name}`, () => {
    let test: TestApp
    let owner: Browser
    beforeEach(async () => {
      test = await createTestApp(kind, { environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
      owner = await signInAsOwner(test)
    })
    afterEach(() => test.close())

    it('tells what a request was asked for and how its price came about, to its own account and mode only', async () => {
      const { body } = await test.submit('canvas-1', { prompt: 'A lighthouse', num_images: 2 })
      const { body: shown } = await owner.call('GET', `/live/requests/${body.request_id}/input`)
      assert.deepEqual([shown.input.prompt, shown.input.num_images, shown.webhook_url], ['A lighthouse', 2, null])
      assert.equal(shown.breakdown.credits, body.cost)
      assert.equal((await owner.call('GET', `/test/requests/${body.request_id}/input`)).status, 404)
      const stranger = await signInAsOwner(test, { accountId: await test.makeAccount(0), email: 's@example.com' })
      assert.equal((await stranger.call('GET', `/live/requests/${body.request_id}/input`)).status, 404)
      assert.equal((await owner.call('GET', '/live/requests/nothing/input')).status, 404)
      assert.equal((await owner.call('GET', `/other/requests/${body.request_id}/input`)).status, 400)
    })

    it('counts usage by day, model and key, of live requests only', async () => {
      await test.submit('canvas-1', { prompt: 'one' })
      await test.submit('canvas-1', { prompt: 'two' })
      await test.submit('canvas-1', { prompt: 'free' }, { key: test.testKey })
      test.clock.advance(24 * 60 * 60 * 1000)
      const { body } = await owner.call('POST', '/live/models/canvas-1', { input: { prompt: 'three' } })
      await owner.call('POST', `/live/requests/${body.request_id}/cancel`)
      const { data } = (await owner.call('GET', '/usage?days=2')).body
      const rows = data.map((row: { requests: number; canceled: number; credits: number; key_name: string }) => [
        row.requests,
        row.canceled,
        row.credits,
        row.key_name,
      ])
      assert.deepEqual(rows, [
        [1, 1, 0, 'Console: Olga'],
        [2, 0, 2, 'live key'],
      ])
      assert.equal((await owner.call('GET', '/usage?days=1')).body.data.length, 1)
      assert.equal((await owner.call('GET', '/usage?days=0')).body.error.param, 'days')
      assert.deepEqual(await test.audit(), [])
    })

    it('shows an owner what renders, and what waits for it', async () => {
      await test.submit('canvas-1', { prompt: 'x' })
      const { data } = (await owner.call('GET', '/engines')).body
      const byName = new Map<string, { is_active: boolean; waiting: number; models: { slug: string }[] }>(
        data.map((entry: { name: string }) => [entry.name, entry]),
      )
      const local = byName.get('local')
      assert.deepEqual([local?.is_active, local?.waiting], [true, 1])
      assert.ok(local?.models.some(({ slug }) => slug === 'canvas-1'))
      assert.equal(byName.get('fal')?.is_active, false)
    })

    it('measures how long models took, over completed requests', async () => {
      assert.deepEqual((await owner.call('GET', '/usage')).body.latency, [])
      const { body } = await test.submit('canvas-1', { prompt: 'one' })
      const path = `/v1/requests/${body.request_id}`
      while ((await test.call('GET', path)).body.status !== 'COMPLETED') {
        await test.work()
        test.clock.advance(500)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const { queue_ms: queueMs, run_ms: runMs } = (await test.call('GET', path)).body.timings
      const tookMs = queueMs + runMs
      assert.deepEqual((await owner.call('GET', '/usage')).body.latency, [
        { model: 'canvas-1', requests: 1, p50_ms: tookMs, p95_ms: tookMs },
      ])
    })

    it('shows, rotates and promotes the secret of a mode, and sends a test event signed with it', async () => {
      const received: Record<string, string | string[] | undefined>[] = []
      const receiver = createServer((request, response) => {
        received.push(request.headers)
        response.end('thanks')
      }).listen(0, '127.0.0.1')
      await once(receiver, 'listening')
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`

      const first = (await owner.call('GET', '/test/webhooks/secret')).body
      assert.match(first.secret, /^whsec_/)
      assert.notEqual((await owner.call('GET', '/live/webhooks/secret')).body.secret, first.secret)
      const rotated = (await owner.call('POST', '/test/webhooks/secret/rotate')).body
      assert.equal(rotated.secret, first.secret)
      assert.equal((await owner.call('POST', '/test/webhooks/secret/promote')).body.secret, rotated.next_secret)
      assert.equal((await owner.call('POST', '/test/webhooks/secret/promote')).status, 400)

      const sent = (await owner.call('POST', '/test/webhooks/test', { url })).body
      assert.deepEqual([sent.is_delivered, sent.status], [true, 200])
      assert.ok(received[0]?.['x-clipia-signature'])
      const refused = await owner.call('POST', '/test/webhooks/test', { url: 'http://10.0.0.1/' })
      assert.equal(refused.body.error.param, 'url')
      receiver.close()
      receiver.closeAllConnections()
    })
  })
}
