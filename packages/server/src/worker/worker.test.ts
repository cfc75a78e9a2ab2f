import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type EngineTraits, NotAccepted } from '../engines/engine.ts'
import { finishGeneration } from '../generations/finish-generation.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE } from '../testing/fixtures.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import type { ScriptedEngine } from '../testing/scripted-engine.ts'

const LEASE_MS = 30_000
const FAILURE = { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.\u0000 Not\nthis', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`the step machine on ${kind.name}`, () => {
    let test: Machine
    let engine: ScriptedEngine
    const create = async (traits: Partial<EngineTraits> = {}) => {
      test = await createMachine(kind, traits)
      engine = test.engine
    }
    beforeEach(() => create())
    afterEach(() => test.auditAndClose())

    it('starts, checks and reports progress that only grows', async () => {
      const id = await test.submitJob()
      assert.equal((await test.status(id)).status, 'IN_QUEUE')
      await test.work()
      assert.deepEqual(engine.starts, [id])
      let percent = 40
      engine.onCheck = async () => ({ state: 'running', percent })
      test.clock.advance(1_000)
      await test.work()
      assert.equal((await test.status(id)).progress, 40)
      percent = 10
      test.clock.advance(1_000)
      await test.work()
      const { progress, queue_position: position, status: word } = await test.status(id)
      assert.deepEqual({ progress, position, word }, { progress: 40, position: null, word: 'IN_PROGRESS' })
    })

    it('refunds a failure in full and tells no more than it may', async () => {
      const id = await test.submitJob()
      await test.work()
      assert.deepEqual(await test.balance(), { credits: 97, reserved: 3 })
      engine.onCheck = async () => FAILURE
      test.clock.advance(1_000)
      await test.work()
      const { status: word, error, cost, charged } = await test.result(id)
      assert.deepEqual(
        { word, error, cost, charged },
        { word: 'FAILED', error: { code: 'CONTENT_REJECTED', message: 'No. Not this' }, cost: 3, charged: 0 },
      )
      assert.deepEqual(await test.balance(), { credits: 100, reserved: 0 })
    })

    it('keeps the charge when the engine states that it charges for a refusal', async () => {
      const id = await test.submitJob()
      engine.onStart = async () => ({ ...FAILURE, isCharged: true })
      await test.work()
      assert.equal((await test.result(id)).charged, 3)
      assert.deepEqual(await test.balance(), { credits: 97, reserved: 0 })
    })

    it('tries a start again only on proof that it was not accepted, backing off', async () => {
      engine.onStart = async () => {
        throw new NotAccepted('busy', { retryAfterMs: 7_000 })
      }
      const id = await test.submitJob()
      await test.work()
      test.clock.advance(6_999)
      await test.work()
      assert.equal(engine.starts.length, 1)
      engine.onStart = async () => ({ ticket: 't' })
      test.clock.advance(1)
      await test.work()
      assert.deepEqual(engine.starts, [id, id])
    })

    it('cancels what never began also when its engine is gone', async () => {
      engine.onStart = async () => {
        throw new NotAccepted('busy')
      }
      const id = await test.submitJob()
      await test.work()
      assert.equal((await test.call('POST', `/v1/requests/${id}/cancel`)).status, 202)
      engine.isReachable = false
      await test.work()
      assert.equal((await test.result(id)).status, 'CANCELED')
    })

    it('ignores what a worker found out after it lost its lease', async () => {
      const id = await test.submitJob()
      await test.work()
      let openGate: (() => void) | null = null as (() => void) | null
      engine.onCheck = async () => {
        engine.onCheck = async () => {
          await new Promise<void>((resolve) => {
            openGate = resolve
          })
          return { state: 'running', percent: 50 }
        }
        test.clock.advance(LEASE_MS)
        await test.app.worker.claim()
        return FAILURE
      }
      test.clock.advance(1_000)
      await test.app.worker.claim()
      while (openGate === null) await new Promise(setImmediate)
      await new Promise(setImmediate)
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
      openGate()
      await test.app.worker.idle()
      assert.equal((await test.status(id)).progress, 50)
    })

    it('decides nothing on a failed check, and goes on checking', async () => {
      const id = await test.submitJob()
      await test.work()
      engine.onCheck = async () => {
        throw new Error('502')
      }
      for (let check = 0; check < 5; check += 1) {
        test.clock.advance(5_000)
        await test.work()
      }
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
    })

    it('tries to collect again what could not be fetched, and never starts again for it', async () => {
      const id = await test.submitJob()
      engine.onStart = async () => UNREACHABLE_PICTURE
      await test.work()
      test.clock.advance(5_000)
      await test.work()
      assert.equal((await test.status(id)).status, 'IN_PROGRESS')
      assert.equal(engine.starts.length, 1)
    })

    it('lets the loser of two endings change nothing', async () => {
      const id = await test.submitJob()
      await test.work()
      const [row] = await test.database.read<{ key_id: string }>('SELECT key_id FROM queue')
      const end = (code: 'TIMED_OUT' | 'GENERATION_FAILED') =>
        finishGeneration(
          test.app.services,
          {
            requestId: id,
            keyId: row?.key_id ?? '',
            ending: { status: 'FAILED', code, message: code, isCharged: false },
          },
          test.clock.now(),
        )
      const outcomes = await Promise.all([end('TIMED_OUT'), end('GENERATION_FAILED'), end('TIMED_OUT')])
      assert.equal(outcomes.filter(Boolean).length, 1)
      assert.deepEqual(await test.balance(), { credits: 100, reserved: 0 })
    })

    it('leaves the queue alone while its engine is away, and goes on when it is back', async () => {
      const id = await test.submitJob()
      engine.isReachable = false
      await test.work()
      assert.equal((await test.status(id)).status, 'IN_QUEUE')
      engine.isReachable = true
      await test.work()
      assert.deepEqual(engine.starts, [id])
    })

    it('puts one webhook into the outbox with the end of a request', async () => {
      const { body } = await test.call('POST', '/v1/models/remote-1', {
        body: { input: { prompt: 'x' }, webhook_url: 'https://example.com/hook' },
      })
      engine.onStart = async () => FAILURE
      const pending = await test.database.read('SELECT * FROM deliveries')
      assert.equal(pending.length, 0)
      await test.work()
      const [delivery] = await test.database.read<{ request_id: string; url: string; state: string }>(
        'SELECT request_id, url, state FROM deliveries',
      )
      assert.deepEqual(
        { ...delivery },
        { request_id: body.request_id, url: 'https://example.com/hook', state: 'pending' },
      )
    })

    it('strands nothing when its model is gone from the catalogue', async () => {
      const id = await test.submitJob()
      test.app.services.catalogue = () => ({ find: () => null, list: () => [] })
      await test.work()
      assert.deepEqual(engine.starts, [id])
    })
  })
}
