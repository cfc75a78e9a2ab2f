import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { EngineTraits } from '../engines/engine.ts'
import { DATABASES } from '../testing/databases.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { ScriptedEngine } from '../testing/scripted-engine.ts'

const HOUR_MS = 60 * 60 * 1000
const FAILURE = { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`the queue on ${kind.name}`, () => {
    let test: Machine
    let engine: ScriptedEngine
    const create = async (traits: Partial<EngineTraits> = {}) => {
      test = await createMachine(kind, traits)
      engine = test.engine
    }
    beforeEach(() => create())
    afterEach(() => test.auditAndClose())

    it('ends what waits 24 hours in the queue, with a refund', async () => {
      engine.slots = 0
      const id = await test.submitJob()
      test.clock.advance(24 * HOUR_MS - 1)
      await test.runDuty('end-overdue')
      assert.equal((await test.status(id)).status, 'IN_QUEUE')
      test.clock.advance(1)
      await test.runDuty('end-overdue')
      const { status: word, error } = await test.result(id)
      assert.deepEqual([word, error.code], ['FAILED', 'TIMED_OUT'])
      assert.deepEqual(await test.balance(), { credits: 100, reserved: 0 })
    })

    it('ends what runs longer than its model may, from the first start on, and cancels it upstream', async () => {
      const id = await test.submitJob()
      await test.work()
      test.clock.advance(600_000 - 1)
      await test.runDuty('end-overdue')
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
      test.clock.advance(1)
      await test.runDuty('end-overdue')
      assert.equal((await test.result(id)).error.code, 'TIMED_OUT')
      assert.deepEqual(engine.cancels, [id])
    })

    it('runs as many of a key at once as the key may, oldest first, the rest waits in the queue', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 2 })
      const ids: string[] = []
      for (let index = 0; index < 5; index += 1) ids.push(await test.submitJob(key))
      await test.work()
      assert.deepEqual(engine.starts, ids.slice(0, 2))
      assert.deepEqual(await Promise.all(ids.map(async (id) => (await test.status(id)).queue_position)), [
        null,
        null,
        0,
        1,
        2,
      ])
      engine.onCheck = async (job) => (job.requestId === ids[1] ? FAILURE : { state: 'running', percent: 1 })
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual(engine.starts, ids.slice(0, 3))
      assert.deepEqual(await Promise.all(ids.map(async (id) => (await test.status(id)).queue_position)), [
        null,
        null,
        null,
        0,
        1,
      ])
    })

    it('takes turns between accounts, whatever the backlog of one', async () => {
      engine.slots = 0
      const busy: string[] = []
      for (let index = 0; index < 10; index += 1) busy.push(await test.submitJob())
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(50) })
      const newcomer = (await test.submit('remote-1', { prompt: 'x' }, { key })).body.request_id
      engine.slots = 2
      await test.app.worker.claim()
      await test.app.worker.idle()
      assert.ok(engine.starts.includes(newcomer))
    })

    it('owes an account that was busy yesterday nothing today', async () => {
      engine.onStart = async () => FAILURE
      for (let round = 0; round < 20; round += 1) {
        await test.submitJob()
        await test.work()
      }
      engine.slots = 0
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(50) })
      const strangers: string[] = []
      for (let index = 0; index < 5; index += 1) {
        strangers.push((await test.submit('remote-1', { prompt: 'x' }, { key })).body.request_id)
      }
      const ours = await test.submitJob()
      engine.starts = []
      engine.slots = 3
      await test.app.worker.claim()
      await test.app.worker.idle()
      assert.deepEqual(new Set(engine.starts), new Set([strangers[0], strangers[1], ours]))
    })

    it('keeps to the capacity of a pool', async () => {
      await test.close()
      await create({ capacity: 3 })
      for (let index = 0; index < 5; index += 1) await test.submitJob()
      await test.work()
      assert.equal(engine.starts.length, 3)
    })
  })
}
