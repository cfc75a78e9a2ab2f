import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createSecretKey, verifySecretKey } from '../../../secrets/secret-key.ts'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'
import { type OpenEvents, openEvents, type ReadEvent } from '../../../testing/open-events.ts'
import { waitFor } from '../../../testing/wait-for.ts'
import { getSecrets } from '../../../webhooks/get-secrets.ts'
import { signWebhook } from '../../../webhooks/signature.ts'

const DAY_MS = 24 * 60 * 60 * 1000

for (const kind of DATABASES) {
  describe(`GET /v1/webhooks/events on ${kind.name}`, () => {
    let test: Machine
    const open = (options = {}) => openEvents(test, '/v1/webhooks/events', options)
    const idOf = (event: ReadEvent | null) => JSON.parse(event?.data.body).request_id
    async function end(body: object = {}): Promise<string> {
      const sent = { body: { input: { prompt: 'x' }, ...body } }
      const { body: accepted } = await test.call('POST', '/v1/models/remote-1', sent)
      assert.equal((await test.call('POST', `/v1/requests/${accepted.request_id}/cancel`)).status, 200)
      return accepted.request_id
    }
    async function ready(stream: OpenEvents): Promise<string> {
      const event = await stream.next()
      assert.equal(event?.event, 'ready')
      return String(event?.id)
    }

    beforeEach(async () => {
      test = await createMachine(kind)
    })
    afterEach(async () => {
      test.app.drain()
      await waitFor('the end of every stream', () => test.app.services.events.size() === 0)
      await test.auditAndClose()
    })

    it('tells of every end from now on, signed as its webhook is, whether it asked for one or not', async () => {
      await end()
      const stream = await open()
      await ready(stream)
      const [plain, hooked] = [await end(), await end({ webhook_url: 'https://example.com/hook' })]
      const events = [await stream.next(), await stream.next()]
      assert.deepEqual(events.map(idOf), [plain, hooked])
      const secrets = await getSecrets(test.app.services, { accountId: test.accountId, mode: 'live' })
      for (const event of events) {
        const { headers, body } = event?.data ?? {}
        assert.equal(event?.event, 'webhook')
        assert.deepEqual(headers, signWebhook(secrets, headers['webhook-id'], body, test.clock.now()))
        assert.deepEqual(JSON.parse(body), {
          request_id: idOf(event),
          status: 'ERROR',
          error: { code: 'CANCELED', message: 'The request was canceled.' },
          mode: 'live',
        })
      }
      const log = await test.call('GET', `/v1/requests/${hooked}/deliveries`)
      assert.equal(events[1]?.data.headers['webhook-id'], log.body.data[0].delivery_id)
      assert.equal(events[0]?.data.headers['webhook-id'], plain)
      stream.leave()
    })

    it('resumes behind the last event that was seen and skips nothing', async () => {
      const stream = await open()
      const begin = await ready(stream)
      const ids = [await end(), await end()]
      const seen = await stream.next()
      stream.leave()
      for (let index = 0; index < 50; index += 1) ids.push(await end())
      const again = await open({ lastEventId: seen?.id })
      await ready(again)
      for (const id of ids.slice(1)) assert.equal(idOf(await again.next()), id)
      const fromBegin = await open({ lastEventId: begin })
      await ready(fromBegin)
      for (const id of ids) assert.equal(idOf(await fromBegin.next()), id)
      const late = await end()
      assert.equal(idOf(await again.next()), late)
      assert.equal(idOf(await fromBegin.next()), late)
      again.leave()
      fromBegin.leave()
    })

    it('tells how much it cannot tell any more, and then all the rest', async () => {
      await verifySecretKey(test.database, createSecretKey(Buffer.alloc(32, 7)), test.clock.now())
      const stream = await open()
      const begin = await ready(stream)
      await end()
      await end()
      const [second] = [await stream.next(), await stream.next()].slice(1)
      stream.leave()
      test.clock.advance(20 * DAY_MS)
      const young = await end()
      test.clock.advance(10 * DAY_MS + 1)
      await test.runDuty('forget-endings')
      const late = await open({ lastEventId: begin })
      await ready(late)
      assert.deepEqual(await late.next(), { event: 'gap', id: second?.id, data: { missed: 2 } })
      assert.equal(idOf(await late.next()), young)
      late.leave()
      const punctual = await open({ lastEventId: second?.id })
      await ready(punctual)
      assert.equal(idOf(await punctual.next()), young)
      punctual.leave()

      // And when nothing at all is left of what it missed.
      test.clock.advance(20 * DAY_MS)
      await test.runDuty('forget-endings')
      const last = await open({ lastEventId: begin })
      await ready(last)
      assert.deepEqual((await last.next())?.data, { missed: 3 })
      const fresh = await end()
      assert.equal(idOf(await last.next()), fresh)
      last.leave()
    })

    it('keeps order and gaps out when many end at once', async () => {
      const stream = await open()
      await ready(stream)
      const ids = await Promise.all(Array.from({ length: 30 }, () => end()))
      const told: string[] = []
      const places: number[] = []
      while (told.length < ids.length) {
        const event = await stream.next()
        told.push(idOf(event))
        places.push(Number(event?.id))
      }
      assert.deepEqual(new Set(told), new Set(ids))
      assert.deepEqual(
        places,
        places.map((_, index) => (places[0] ?? 0) + index),
      )
      stream.leave()
    })

    it('keeps the sandbox and other accounts apart', async () => {
      const sandbox = await open({ key: test.testKey })
      const stranger = await open({ key: await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) }) })
      await ready(sandbox)
      await ready(stranger)
      await end()
      const { body } = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      const event = await sandbox.next()
      assert.equal(idOf(event), body.request_id)
      assert.equal(JSON.parse(event?.data.body).status, 'OK')
      test.clock.advance(15_000)
      await test.runDuty('tend-waits')
      assert.deepEqual(await stranger.next(), { comment: 'heartbeat' })
      sandbox.leave()
      stranger.leave()
    })

    it('wants the read scope, a key, and an id that is its own', async () => {
      const generate = await test.makeKey({ mode: 'live', scopes: ['generate'] })
      assert.equal((await open({ key: generate })).status, 403)
      assert.equal((await open({ key: 'nonsense' })).status, 401)
      for (const lastEventId of ['nonsense', '-1', '1', '99999999999999999999']) {
        assert.equal((await open({ lastEventId })).status, 400, lastEventId)
      }
    })

    it('ends when the node drains', async () => {
      const stream = await open()
      await ready(stream)
      test.app.drain()
      assert.equal(await stream.next(), null)
    })
  })
}
