import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { hashKey } from '../../../keys/key-format.ts'
import { DATABASES } from '../../../testing/databases.ts'
import { UNREACHABLE_PICTURE } from '../../../testing/fixtures.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'
import { type OpenEvents, openEvents, type ReadEvent } from '../../../testing/open-events.ts'
import { waitFor } from '../../../testing/wait-for.ts'

const FAILURE = { state: 'failed', code: 'GENERATION_FAILED', message: 'Broken.', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`GET /v1/requests/{id}/events on ${kind.name}`, () => {
    let test: Machine
    const open = (id: string, options = {}) => openEvents(test, `/v1/requests/${id}/events`, options)
    const isLeft = () => waitFor('the end of every stream', () => test.app.services.events.size() === 0)
    const briefOf = (event: ReadEvent | null) => [event?.event, event?.data?.status, event?.data?.progress]
    const next = async (stream: OpenEvents) => briefOf(await stream.next())

    beforeEach(async () => {
      test = await createMachine(kind)
    })
    afterEach(async () => {
      test.app.drain()
      await isLeft()
      await test.auditAndClose()
    })

    it('tells how it stands, every change, and the end, and ends then', async () => {
      const id = await test.submitJob()
      const stream = await open(id)
      assert.equal(stream.status, 200)
      assert.match(String(stream.headers.get('content-type')), /^text\/event-stream/)
      assert.equal(stream.headers.get('x-accel-buffering'), 'no')
      assert.deepEqual(await next(stream), ['status', 'IN_QUEUE', 0])
      await test.work()
      assert.deepEqual(await next(stream), ['status', 'IN_PROGRESS', 0])
      for (const percent of [20, 70]) {
        test.engine.onCheck = async () => ({ state: 'running', percent })
        test.clock.advance(1_000)
        await test.work()
        assert.deepEqual(await next(stream), ['status', 'IN_PROGRESS', percent])
      }
      test.engine.onCheck = async () => FAILURE
      test.clock.advance(1_000)
      await test.work()
      const end = await stream.next()
      assert.deepEqual(end?.data, (await test.call('GET', `/v1/requests/${id}/status`)).body)
      assert.equal(end?.data.status, 'FAILED')
      assert.equal(await stream.next(), null)
    })

    it('numbers the events upwards, and answers 204 to who has seen the last', async () => {
      const id = await test.submitJob()
      const stream = await open(id)
      const ids = [Number((await stream.next())?.id)]
      test.engine.onCheck = async () => ({ state: 'running', percent: 10 })
      await test.work()
      ids.push(Number((await stream.next())?.id))
      test.clock.advance(1_000)
      await test.work()
      ids.push(Number((await stream.next())?.id))
      stream.leave()
      test.engine.onCheck = async () => FAILURE
      test.clock.advance(1_000)
      await test.work()
      const again = await open(id, { lastEventId: String(ids.at(-1)) })
      const last = await again.next()
      assert.equal(last?.data.status, 'FAILED')
      ids.push(Number(last?.id))
      assert.ok(
        ids.every((version, index) => index === 0 || version > (ids[index - 1] ?? 0)),
        String(ids),
      )
      assert.equal(await again.next(), null)
      const after = await open(id, { lastEventId: String(last?.id) })
      assert.equal(after.status, 204)
      const never = await open(id, { lastEventId: 'nonsense' })
      assert.equal((await never.next())?.data.status, 'FAILED')
    })

    it('beats while nothing happens, and brings a better place in the queue then', async () => {
      test.engine.slots = 0
      const first = await test.submitJob()
      const stream = await open(await test.submitJob())
      assert.equal((await stream.next())?.data.queue_position, 1)
      await test.call('POST', `/v1/requests/${first}/cancel`)
      test.clock.advance(15_000)
      await test.runDuty('tend-waits')
      assert.deepEqual(await stream.next(), { comment: 'heartbeat' })
      assert.equal((await stream.next())?.data.queue_position, 0)
      test.clock.advance(14_999)
      await test.runDuty('tend-waits')
      test.clock.advance(1)
      await test.runDuty('tend-waits')
      assert.deepEqual(await stream.next(), { comment: 'heartbeat' })
      stream.leave()
    })

    it('forgets a stream whose client went away', async () => {
      const id = await test.submitJob()
      const streams = await Promise.all([open(id), open(id), open(id)])
      for (const stream of streams) await stream.next()
      assert.equal(test.app.services.events.size(), 3)
      for (const stream of streams) stream.leave()
      await isLeft()
    })

    it('ends when its key is revoked or expires', async () => {
      const expiring = await test.makeKey({ mode: 'live', expiresAt: test.clock.now() + 4_000 })
      const revoked = await test.makeKey({ mode: 'live' })
      const id = await test.submitJob()
      const streams = await Promise.all([open(id, { key: expiring }), open(id, { key: revoked })])
      const stays = await open(id)
      for (const stream of [...streams, stays]) await stream.next()
      await test.database.write('UPDATE api_keys SET revoked_at = 1 WHERE hash = $1', [hashKey(revoked)])
      test.clock.advance(5_000)
      await test.runDuty('tend-waits')
      for (const stream of streams) assert.equal(await stream.next(), null)
      assert.equal(test.app.services.events.size(), 1)
      stays.leave()
    })

    it('ends when the node drains, and tells only how it stands from then on', async () => {
      const id = await test.submitJob()
      const stream = await open(id)
      await stream.next()
      test.app.drain()
      assert.equal(await stream.next(), null)
      const late = await open(id)
      assert.equal(late.status, 200)
      while ((await late.next()) !== null);
    })

    it('ends with the completion of a sandbox request', async () => {
      const { body } = await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      const stream = await open(body.request_id, { key: test.testKey })
      assert.deepEqual(await next(stream), ['status', 'COMPLETED', 100])
      assert.equal(await stream.next(), null)
    })

    it('is 404 for what is not the caller’s, and 401 without a key', async () => {
      const id = await test.submitJob()
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(0) })
      for (const key of [stranger, test.testKey]) assert.equal((await open(id, { key })).status, 404)
      assert.equal((await open('nonsense')).status, 404)
      assert.equal((await open(id, { key: 'nonsense' })).status, 401)
      const head = await test.app.http.inject({
        method: 'HEAD',
        url: `/v1/requests/${id}/events`,
        headers: { authorization: `Bearer ${test.liveKey}` },
      })
      assert.equal(head.statusCode, 200)
    })

    it('is 429 for a key that has too many waits open', async () => {
      const id = await test.submitJob()
      const [row] = await test.database.read<{ key_id: string }>('SELECT key_id FROM api_keys WHERE hash = $1', [
        hashKey(test.liveKey),
      ])
      const idle = { keyId: row?.key_id ?? '', version: 0, onNews() {}, onRelease() {} }
      const stops = Array.from({ length: 10_000 }, () => test.app.services.events.watchRequest(id, { ...idle }))
      for (const path of [`/v1/requests/${id}/events`, `/v1/requests/${id}/status?wait=5`, '/v1/webhooks/events']) {
        const { status, headers } = await test.call('GET', path)
        assert.deepEqual([status, headers['retry-after']], [429, '30'], path)
      }
      for (const stop of stops) stop()
    })

    it('misses nothing of a burst', async () => {
      const id = await test.submitJob()
      const streams = await Promise.all(Array.from({ length: 20 }, () => open(id)))
      test.engine.onStart = async () => ({ ...UNREACHABLE_PICTURE, ...FAILURE })
      await test.work()
      for (const stream of streams) {
        let last: ReadEvent | null = null
        for (let event = await stream.next(); event !== null; event = await stream.next()) last = event
        assert.equal(last?.data.status, 'FAILED')
      }
    })
  })
}
