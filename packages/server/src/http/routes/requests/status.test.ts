import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../../../testing/databases.ts'
import { createMachine, type Machine } from '../../../testing/machine.ts'
import { listen } from '../../../testing/open-events.ts'
import { waitFor } from '../../../testing/wait-for.ts'

for (const kind of DATABASES) {
  describe(`GET /v1/requests/{id}/status on ${kind.name}`, () => {
    let test: Machine
    const isWaitedFor = (count = 1) => waitFor('the wait', () => test.app.services.events.size() === count)
    const hold = (id: string, seconds = 30) => test.call('GET', `/v1/requests/${id}/status?wait=${seconds}`)

    beforeEach(async () => {
      test = await createMachine(kind)
    })
    afterEach(async () => {
      assert.equal(test.app.services.events.size(), 0, 'nothing waits any more')
      await test.auditAndClose()
    })

    it('holds the answer until the status changes', async () => {
      const id = await test.submitJob()
      const held = hold(id)
      await isWaitedFor()
      await test.work()
      assert.equal((await held).body.status, 'IN_PROGRESS')
    })

    it('holds the answer until the progress changes, and past a check that brings none', async () => {
      const id = await test.submitJob()
      await test.work()
      const held = hold(id)
      await isWaitedFor()
      test.clock.advance(1_000)
      await test.work()
      test.engine.onCheck = async () => ({ state: 'running', percent: 35 })
      test.clock.advance(1_000)
      await test.work()
      const { status, body } = await held
      assert.deepEqual([status, body.status, body.progress], [200, 'IN_PROGRESS', 35])
    })

    it('tells every waiter of the end, and answers at once when it is over', async () => {
      const id = await test.submitJob()
      await test.work()
      const held = [hold(id), hold(id), hold(id)]
      await isWaitedFor(3)
      test.engine.onCheck = async () => ({
        state: 'failed',
        code: 'CONTENT_REJECTED',
        message: 'No.',
        isCharged: false,
      })
      test.clock.advance(1_000)
      await test.work()
      for (const answer of [...held, hold(id)]) assert.equal((await answer).body.status, 'FAILED')
    })

    it('answers as it stands when the time is up', async () => {
      const id = await test.submitJob()
      const { status, body } = await hold(id, 1)
      assert.deepEqual([status, body.status, body.queue_position], [200, 'IN_QUEUE', 0])
      assert.equal((await hold(id, 0)).body.status, 'IN_QUEUE')
    })

    it('takes whole seconds from 0 to 30', async () => {
      const id = await test.submitJob()
      for (const wait of ['31', '-1', '1.5', 'long', '']) {
        const { status, body } = await test.call('GET', `/v1/requests/${id}/status?wait=${wait}`)
        if (wait === '') continue
        assert.deepEqual([status, body.error.code, body.error.param], [400, 'invalid_request', 'wait'], wait)
      }
    })

    it('lets go when the client goes away', async () => {
      const id = await test.submitJob()
      const leaving = new AbortController()
      const held = fetch(`${await listen(test)}/v1/requests/${id}/status?wait=30`, {
        headers: { authorization: `Bearer ${test.liveKey}` },
        signal: leaving.signal,
      })
      await isWaitedFor()
      leaving.abort()
      await assert.rejects(held)
      await isWaitedFor(0)
    })

    it('answers as it stands when the node drains', async () => {
      const id = await test.submitJob()
      const held = hold(id)
      await isWaitedFor()
      test.app.drain()
      assert.equal((await held).body.status, 'IN_QUEUE')
      assert.equal((await hold(id)).body.status, 'IN_QUEUE')
    })

    it('tells its story in the log', async () => {
      const id = await test.submitJob()
      test.clock.advance(10)
      await test.work()
      test.clock.advance(10)
      assert.equal((await test.call('POST', `/v1/requests/${id}/cancel`)).status, 202)
      const messages = async () => (await test.status(id)).logs.map((line: { message: string }) => line.message)
      assert.deepEqual(await messages(), ['Queued.', 'Started.', 'Asked to stop.'])
      test.engine.onCheck = async () => ({ state: 'running', percent: 60 })
      await test.work()
      test.engine.onCheck = async () => ({
        state: 'failed',
        code: 'GENERATION_FAILED',
        message: 'Broken.',
        isCharged: false,
      })
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual(await messages(), ['Queued.', 'Started.', 'Failed: Broken.'])
      const { progress, logs } = await test.status(id)
      assert.equal(progress, 60, 'how far it had come is kept')
      const times = logs.map((line: { timestamp: string }) => line.timestamp)
      assert.deepEqual(times, [...times].sort())
    })
  })
}
