import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { updateKey } from '../keys/update-key.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE } from '../testing/fixtures.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { ScriptedEngine } from '../testing/scripted-engine.ts'
import type { TestAnswer } from '../testing/test-app.ts'

const LEASE_MS = 30_000
const CANCELED = { state: 'canceled', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`canceling on ${kind.name}`, () => {
    let test: Machine
    let engine: ScriptedEngine
    beforeEach(async () => {
      test = await createMachine(kind)
      engine = test.engine
    })
    afterEach(() => test.auditAndClose())

    const cancel = (id: string, key = test.liveKey) => test.call('POST', `/v1/requests/${id}/cancel`, { key })
    const seen = ({ status, body }: TestAnswer) => [status, body.status ?? body.error.code]

    it('ends what waits at once, refunded in full, and again says the same', async () => {
      const id = await test.submitJob()
      assert.deepEqual(seen(await cancel(id)), [200, 'CANCELED'])
      assert.deepEqual(seen(await cancel(id)), [200, 'CANCELED'])
      assert.equal((await test.result(id)).charged, 0)
      await test.work()
      assert.deepEqual(engine.starts, [])
    })

    it('gives the slot of a canceled request to the next of its key', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 1 })
      const [first, parked, last] = [await test.submitJob(key), await test.submitJob(key), await test.submitJob(key)]
      await cancel(parked, key)
      await cancel(first, key)
      await test.work()
      assert.deepEqual(engine.starts, [last])
    })

    it('passes the wish to the engine of what runs, and refunds when it has stopped', async () => {
      const id = await test.submitJob()
      await test.work()
      engine.onCancel = async () => {
        engine.onCheck = async () => CANCELED
        return null
      }
      assert.deepEqual(seen(await cancel(id)), [202, 'IN_PROGRESS'])
      await test.work()
      assert.deepEqual(engine.cancels, [id])
      const { status, charged } = await test.result(id)
      assert.deepEqual([status, charged], ['CANCELED', 0])
    })

    it('keeps the charge when the engine states that it charges for what it stopped', async () => {
      const id = await test.submitJob()
      await test.work()
      await cancel(id)
      engine.onCheck = async () => ({ ...CANCELED, isCharged: true })
      await test.work()
      assert.equal((await test.result(id)).charged, 3)
    })

    it('goes on telling an engine that stops slowly', async () => {
      const id = await test.submitJob()
      await test.work()
      await cancel(id)
      await test.work()
      test.clock.advance(1_000)
      await test.work()
      assert.equal(engine.cancels.length, 2)
      engine.onCheck = async () => CANCELED
      test.clock.advance(1_000)
      await test.work()
      assert.equal((await test.result(id)).status, 'CANCELED')
    })

    it('lets the result stand when the engine was done first', async () => {
      const id = await test.submitJob()
      await test.work()
      engine.onCheck = async () => UNREACHABLE_PICTURE
      await cancel(id)
      await test.work()
      const [row] = await test.database.read<{ step: string }>('SELECT step FROM queue')
      assert.equal(row?.step, 'collect')
      assert.deepEqual(engine.cancels, [])
    })

    it('waits for the outcome of an outstanding start before it stops anything', async () => {
      const id = await test.submitJob()
      engine.onStart = async () => {
        assert.deepEqual(seen(await cancel(id)), [202, 'IN_PROGRESS'])
        assert.equal((await test.result(id)).charged, undefined)
        return { ticket: 't' }
      }
      engine.onCancel = async () => {
        engine.onCheck = async () => CANCELED
        return null
      }
      await test.work()
      assert.deepEqual(engine.cancels, [id])
      assert.equal((await test.result(id)).status, 'CANCELED')
    })

    it('refunds nothing while the outcome of a start is unknown, and stops the job once it is found', async () => {
      engine.onStart = async () => {
        throw new Error('reset')
      }
      engine.onFind = async () => ({ ticket: 'found' })
      const id = await test.submitJob()
      await test.work()
      await cancel(id)
      await test.work()
      assert.equal((await test.result(id)).status, 'IN_PROGRESS')
      engine.onCheck = async () => CANCELED
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal((await test.result(id)).status, 'CANCELED')
      assert.equal(engine.starts.length, 1)
    })

    it('never starts a job again whose cancel is wanted', async () => {
      engine.onStart = async () => {
        throw new Error('reset')
      }
      engine.onFind = async () => null
      const id = await test.submitJob()
      await test.work()
      await cancel(id)
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 1)
      assert.equal((await test.result(id)).status, 'CANCELED')
    })

    it('refuses what is over and what its engine cannot stop', async () => {
      const id = await test.submitJob()
      engine.onCancel = undefined
      await test.work()
      assert.deepEqual(seen(await cancel(id)), [409, 'not_cancelable'])
      engine.onCheck = async () => ({ state: 'failed', code: 'GENERATION_FAILED', message: 'no', isCharged: false })
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual(seen(await cancel(id)), [409, 'not_cancelable'])
    })

    it('is for the request’s own account and mode, and the generate scope', async () => {
      const id = await test.submitJob()
      const stranger = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(1) })
      assert.deepEqual(seen(await cancel(id, stranger)), [404, 'not_found'])
      assert.deepEqual(seen(await cancel(id, test.testKey)), [404, 'not_found'])
      assert.deepEqual(seen(await cancel('%00')), [404, 'not_found'])
      const reader = await test.makeKey({ mode: 'live', scopes: ['read'] })
      assert.deepEqual(seen(await cancel(id, reader)), [403, 'insufficient_scope'])
    })

    it('races claims and ends without losing or doubling anything', async () => {
      for (let round = 0; round < 15; round += 1) {
        const id = await test.submitJob()
        engine.onCheck = async () => CANCELED
        await Promise.all([cancel(id), test.app.worker.claim(), cancel(id)])
        await test.app.worker.idle()
        await test.work()
        assert.equal((await test.result(id)).status, 'CANCELED')
      }
      assert.deepEqual((await test.call('GET', '/v1/account')).body.balance, { credits: 100, reserved: 0 })
    })

    it('follows a changed limit of concurrency at once, up and down', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 1 })
      for (let index = 0; index < 6; index += 1) await test.submitJob(key)
      const [row] = await test.database.read<{ key_id: string }>('SELECT key_id FROM api_keys WHERE concurrency = 1')
      const keyId = row?.key_id ?? ''
      await test.work()
      assert.equal(engine.starts.length, 1)
      await updateKey(test, keyId, { concurrency: 3 })
      await test.work()
      assert.equal(engine.starts.length, 3)
      await updateKey(test, keyId, { concurrency: 1 })
      const [first, second, third] = engine.starts
      engine.onCheck = async (job) =>
        job.requestId === first || job.requestId === second ? CANCELED : { state: 'running', percent: 1 }
      test.clock.advance(1_000)
      await test.work()
      assert.equal(engine.starts.length, 3, 'two ended, one still runs: nothing starts')
      engine.onCheck = async (job) => (job.requestId === third ? CANCELED : { state: 'running', percent: 1 })
      test.clock.advance(1_000)
      await test.work()
      assert.equal(engine.starts.length, 4)
    })
  })
}
