import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { NotAccepted } from '../engines/engine.ts'
import { finishGeneration } from '../generations/finish-generation.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE, WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { createScriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const LEASE_MS = 30_000
const HOUR_MS = 60 * 60 * 1000
const FAILURE = { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.\u0000 Not\nthis', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`the step machine on ${kind.name}`, () => {
    let test: TestApp
    let engine: ScriptedEngine

    const create = async (traits = {}) => {
      engine = createScriptedEngine('scripted', traits)
      test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [engine], credits: 100 })
    }
    beforeEach(() => create())
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [], 'the audit is clean')
      await test.close()
    })

    const submit = async (key = test.liveKey): Promise<string> => {
      const { body } = await test.submit('remote-1', { prompt: 'x' }, { key })
      assert.ok(body.request_id, JSON.stringify(body))
      return body.request_id
    }
    const result = async (id: string) => (await test.call('GET', `/v1/requests/${id}`)).body
    const status = async (id: string) => (await test.call('GET', `/v1/requests/${id}/status`)).body
    const balance = async () => (await test.call('GET', '/v1/account')).body.balance
    const runDuty = async (name: string) => test.app.duties.find((duty) => duty.name === name)?.run()

    it('starts, checks and reports progress that only grows', async () => {
      const id = await submit()
      assert.equal((await status(id)).status, 'IN_QUEUE')
      await test.work()
      assert.deepEqual(engine.starts, [id])
      let percent = 40
      engine.onCheck = async () => ({ state: 'running', percent })
      test.clock.advance(1_000)
      await test.work()
      assert.equal((await status(id)).progress, 40)
      percent = 10
      test.clock.advance(1_000)
      await test.work()
      const { progress, queue_position: position, status: word } = await status(id)
      assert.deepEqual({ progress, position, word }, { progress: 40, position: null, word: 'IN_PROGRESS' })
    })

    it('refunds a failure in full and tells no more than it may', async () => {
      const id = await submit()
      await test.work()
      assert.deepEqual(await balance(), { credits: 97, reserved: 3 })
      engine.onCheck = async () => FAILURE
      test.clock.advance(1_000)
      await test.work()
      const { status: word, error, cost, charged } = await result(id)
      assert.deepEqual(
        { word, error, cost, charged },
        { word: 'FAILED', error: { code: 'CONTENT_REJECTED', message: 'No. Not this' }, cost: 3, charged: 0 },
      )
      assert.deepEqual(await balance(), { credits: 100, reserved: 0 })
    })

    it('keeps the charge when the engine states that it charges for a refusal', async () => {
      const id = await submit()
      engine.onStart = async () => ({ ...FAILURE, isCharged: true })
      await test.work()
      assert.equal((await result(id)).charged, 3)
      assert.deepEqual(await balance(), { credits: 97, reserved: 0 })
    })

    it('tries a start again only on proof that it was not accepted, backing off', async () => {
      engine.onStart = async () => {
        throw new NotAccepted('busy', { retryAfterMs: 7_000 })
      }
      const id = await submit()
      await test.work()
      test.clock.advance(6_999)
      await test.work()
      assert.equal(engine.starts.length, 1)
      engine.onStart = async () => ({ ticket: 't' })
      test.clock.advance(1)
      await test.work()
      assert.deepEqual(engine.starts, [id, id])
    })

    it('asks for the job after a start whose outcome is unknown', async () => {
      engine.onStart = async () => {
        throw new Error('socket hang up')
      }
      engine.onFind = async () => ({ ticket: 'found' })
      const id = await submit()
      await test.work()
      assert.equal((await status(id)).status, 'IN_PROGRESS')
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.deepEqual([engine.starts.length, engine.finds.length], [1, 1])
      let ticket: unknown
      engine.onCheck = async (_job, given) => {
        ticket = given
        return FAILURE
      }
      test.clock.advance(1_000)
      await test.work()
      assert.equal(ticket, 'found')
    })

    it('starts again when the engine says the job never began', async () => {
      engine.onStart = async () => {
        engine.onStart = async () => ({ ticket: 't' })
        throw new Error('reset')
      }
      engine.onFind = async () => null
      await submit()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.deepEqual([engine.starts.length, engine.finds.length], [2, 1])
    })

    it('starts again after an unknown outcome where starts are idempotent', async () => {
      await test.close()
      await create({ isStartIdempotent: true })
      engine.onStart = async () => {
        throw new Error('reset')
      }
      await submit()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 2)
    })

    it('fails with a refund, and never starts twice, when nobody can tell whether a start was accepted', async () => {
      engine.onStart = async () => {
        throw new Error('reset')
      }
      const id = await submit()
      await test.work()
      test.clock.advance(LEASE_MS)
      await test.work()
      assert.equal(engine.starts.length, 1)
      assert.equal((await result(id)).error.code, 'GENERATION_FAILED')
      assert.deepEqual(await balance(), { credits: 100, reserved: 0 })
    })

    it('cancels upstream the ticket of a start that lost its lease meanwhile', async () => {
      const id = await submit()
      engine.onStart = async () => {
        await finishGeneration(
          test.app.services,
          {
            requestId: id,
            keyId: (await test.database.read<{ key_id: string }>('SELECT key_id FROM queue'))[0]?.key_id ?? '',
            ending: { status: 'CANCELED', isCharged: false },
          },
          test.clock.now(),
        )
        return { ticket: 'too late' }
      }
      await test.work()
      assert.deepEqual(engine.cancels, [id])
      assert.equal((await result(id)).status, 'CANCELED')
    })

    it('decides nothing on a failed check, and goes on checking', async () => {
      const id = await submit()
      await test.work()
      engine.onCheck = async () => {
        throw new Error('502')
      }
      for (let check = 0; check < 5; check += 1) {
        test.clock.advance(5_000)
        await test.work()
      }
      assert.equal((await status(id)).status, 'IN_PROGRESS')
    })

    it('tries to collect again what could not be fetched, and never starts again for it', async () => {
      const id = await submit()
      engine.onStart = async () => UNREACHABLE_PICTURE
      await test.work()
      test.clock.advance(5_000)
      await test.work()
      assert.equal((await status(id)).status, 'IN_PROGRESS')
      assert.equal(engine.starts.length, 1)
    })

    it('ends what waits 24 hours in the queue, with a refund', async () => {
      engine.slots = 0
      const id = await submit()
      test.clock.advance(24 * HOUR_MS - 1)
      await runDuty('end-overdue')
      assert.equal((await status(id)).status, 'IN_QUEUE')
      test.clock.advance(1)
      await runDuty('end-overdue')
      const { status: word, error } = await result(id)
      assert.deepEqual([word, error.code], ['FAILED', 'TIMED_OUT'])
      assert.deepEqual(await balance(), { credits: 100, reserved: 0 })
    })

    it('ends what runs longer than its model may, from the first start on, and cancels it upstream', async () => {
      const id = await submit()
      await test.work()
      test.clock.advance(600_000 - 1)
      await runDuty('end-overdue')
      assert.equal((await status(id)).status, 'IN_PROGRESS')
      test.clock.advance(1)
      await runDuty('end-overdue')
      assert.equal((await result(id)).error.code, 'TIMED_OUT')
      assert.deepEqual(engine.cancels, [id])
    })

    it('lets the loser of two endings change nothing', async () => {
      const id = await submit()
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
      assert.deepEqual(await balance(), { credits: 100, reserved: 0 })
    })

    it('runs as many of a key at once as the key may, oldest first, the rest waits in the queue', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 2 })
      const ids: string[] = []
      for (let index = 0; index < 5; index += 1) ids.push(await submit(key))
      await test.work()
      assert.deepEqual(engine.starts, ids.slice(0, 2))
      assert.deepEqual(
        await Promise.all(ids.map(async (id) => (await status(id)).queue_position)),
        [null, null, 0, 1, 2],
      )
      engine.onCheck = async (job) => (job.requestId === ids[1] ? FAILURE : { state: 'running', percent: 1 })
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual(engine.starts, ids.slice(0, 3))
      assert.deepEqual(
        await Promise.all(ids.map(async (id) => (await status(id)).queue_position)),
        [null, null, null, 0, 1],
      )
    })

    it('takes turns between accounts, whatever the backlog of one', async () => {
      engine.slots = 0
      const busy: string[] = []
      for (let index = 0; index < 10; index += 1) busy.push(await submit())
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
        await submit()
        await test.work()
      }
      engine.slots = 0
      const key = await test.makeKey({ mode: 'live', accountId: await test.makeAccount(50) })
      const strangers: string[] = []
      for (let index = 0; index < 5; index += 1) {
        strangers.push((await test.submit('remote-1', { prompt: 'x' }, { key })).body.request_id)
      }
      const ours = await submit()
      engine.starts = []
      engine.slots = 3
      await test.app.worker.claim()
      await test.app.worker.idle()
      assert.deepEqual(new Set(engine.starts), new Set([strangers[0], strangers[1], ours]))
    })

    it('keeps to the capacity of a pool', async () => {
      await test.close()
      await create({ capacity: 3 })
      for (let index = 0; index < 5; index += 1) await submit()
      await test.work()
      assert.equal(engine.starts.length, 3)
    })

    it('leaves the queue alone while its engine is away, and goes on when it is back', async () => {
      const id = await submit()
      engine.isReachable = false
      await test.work()
      assert.equal((await status(id)).status, 'IN_QUEUE')
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
      assert.deepEqual({ ...delivery }, { request_id: body.request_id, url: 'https://example.com/hook', state: 'pending' })
    })

    it('strands nothing when its model is gone from the catalogue', async () => {
      const id = await submit()
      test.app.services.catalogue = () => ({ find: () => null, list: () => [] })
      await test.work()
      assert.deepEqual(engine.starts, [id])
    })
  })
}
