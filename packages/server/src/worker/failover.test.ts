import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Failed, NotAccepted } from '../engines/engine.ts'
import { listUpstreamUsage } from '../generations/list-upstream-usage.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE, WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { createScriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const BROKEN: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'It broke.',
  isCharged: false,
  isEngineFault: true,
}

for (const kind of DATABASES) {
  describe(`failover on ${kind.name}`, () => {
    let test: TestApp
    let first: ScriptedEngine
    let second: ScriptedEngine
    const refuse = async () => {
      throw new NotAccepted('busy', { retryAfterMs: 7_000 })
    }
    const submit = async () => (await test.submit('routed-1', { prompt: 'x' })).body.request_id as string
    const result = async (id: string) => (await test.call('GET', `/v1/requests/${id}`)).body
    const runDuty = async (name: string) => test.app.duties.find((duty) => duty.name === name)?.run()
    beforeEach(async () => {
      first = createScriptedEngine('scripted')
      second = createScriptedEngine('second')
      test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [first, second] })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [], 'the audit is clean')
      await test.close()
    })

    it('goes to the next route at once when an engine does not accept the job', async () => {
      first.onStart = refuse
      const id = await submit()
      await test.work()
      assert.deepEqual([first.starts, second.starts], [[id], [id]])
      assert.equal((await result(id)).status, 'IN_PROGRESS')
      second.onCheck = async () => UNREACHABLE_PICTURE
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual([first.starts.length, second.starts.length], [1, 1])
    })

    it('comes back to the first route after a wait when no route accepted the job', async () => {
      first.onStart = refuse
      second.onStart = refuse
      const id = await submit()
      await test.work()
      assert.deepEqual([first.starts.length, second.starts.length], [1, 1])
      test.clock.advance(6_999)
      await test.work()
      assert.deepEqual([first.starts.length, second.starts.length], [1, 1])
      first.onStart = async () => ({ ticket: 't' })
      test.clock.advance(1)
      await test.work()
      assert.deepEqual([first.starts, second.starts.length], [[id, id], 2])
    })

    it('never starts elsewhere what may have been accepted', async () => {
      first.onStart = async () => {
        throw new Error('socket hang up')
      }
      const id = await submit()
      await test.work()
      test.clock.advance(30_000)
      await test.work()
      assert.equal((await result(id)).error.code, 'GENERATION_FAILED')
      assert.deepEqual(second.starts, [])
    })

    it('goes to the next route when an engine failed the job, and never back', async () => {
      first.onCheck = async () => BROKEN
      second.onStart = async () => BROKEN
      const id = await submit()
      await test.work()
      test.clock.advance(1_000)
      await test.work()
      assert.deepEqual([first.starts, second.starts], [[id], [id]])
      const { error, charged } = await result(id)
      assert.deepEqual([error.message, charged], ['It broke.', 0])
    })

    it('ends what the caller is to blame for, or what is charged, on the route where it was found', async () => {
      for (const ending of [
        { ...BROKEN, code: 'CONTENT_REJECTED', isEngineFault: false },
        { ...BROKEN, isCharged: true },
      ] as const) {
        first.onStart = async () => ending
        const id = await submit()
        await test.work()
        assert.equal((await result(id)).error.code, ending.code)
      }
      assert.deepEqual(second.starts, [])
    })

    it('stays where it is when it never came to asking the engine', async () => {
      first.onStart = async () => {
        throw new NotAccepted('the input is slow to come', { isEngineFault: false })
      }
      await submit()
      await test.work()
      assert.deepEqual(second.starts, [])
    })

    it('keeps to the fair order and the capacity of the engine it goes to', async () => {
      second.slots = 0
      first.onStart = refuse
      const moved = await submit()
      await test.work()
      assert.equal((await result(moved)).status, 'IN_PROGRESS')
      const other = (await test.submit('routed-1', { prompt: 'x', size: 'large' })).body
      assert.equal(other.queue_position, 0)
      second.slots = 1
      await test.app.worker.claim()
      await test.app.worker.idle()
      assert.deepEqual(second.starts, [moved])
    })

    it('cancels at once what waits for another engine', async () => {
      second.slots = 0
      first.onStart = refuse
      const id = await submit()
      await test.work()
      assert.equal((await test.call('POST', `/v1/requests/${id}/cancel`)).status, 200)
      assert.deepEqual([(await result(id)).status, (await result(id)).charged], ['CANCELED', 0])
    })

    it('does not go elsewhere with a job whose cancel was asked for', async () => {
      let id = ''
      first.onStart = async () => {
        await test.call('POST', `/v1/requests/${id}/cancel`)
        return refuse()
      }
      id = await submit()
      await test.work()
      assert.deepEqual([(await result(id)).status, second.starts], ['CANCELED', []])
    })

    it('keeps one running deadline over all its routes', async () => {
      first.onCheck = async () => BROKEN
      const id = await submit()
      await test.work()
      test.clock.advance(599_000)
      await test.work()
      assert.deepEqual(second.starts, [id])
      test.clock.advance(1_000)
      await runDuty('end-overdue')
      const { error } = await result(id)
      assert.deepEqual([error.code, error.message], ['TIMED_OUT', 'The generation took longer than its limit.'])
      assert.deepEqual([first.cancels, second.cancels], [[], [id]])
    })

    it('leaves a route alone that keeps refusing, then tries it with one job', async () => {
      first.onStart = refuse
      for (let job = 0; job < 7; job += 1) {
        await submit()
        await test.work()
      }
      assert.deepEqual([first.starts.length, second.starts.length], [5, 7])
      test.clock.advance(30_000)
      first.onStart = async () => ({ ticket: 't' })
      const last = await submit()
      await test.work()
      assert.equal(first.starts.at(-1), last)
    })

    it('sends on what waits for an engine that is not set up any more', async () => {
      first.slots = 0
      const id = await submit()
      first.isReachable = false
      await test.work()
      assert.deepEqual(second.starts, [])
      await runDuty('reroute-stranded')
      await test.work()
      assert.deepEqual(second.starts, [id])
    })

    it('charges content that is rejected after acceptance where the model says so', async () => {
      const rejected = { ...BROKEN, code: 'CONTENT_REJECTED', isEngineFault: false } as const
      const charge = async () => {
        const id = await submit()
        const [row] = await test.database.read<{ job: string }>('SELECT job FROM requests WHERE request_id = $1', [id])
        const job = JSON.stringify({ ...JSON.parse(row?.job ?? ''), chargesRejected: true })
        await test.database.write('UPDATE requests SET job = $2 WHERE request_id = $1', [id, job])
        await test.work()
        test.clock.advance(1_000)
        await test.work()
        return (await result(id)).charged
      }
      first.onCheck = async () => rejected
      assert.equal(await charge(), 3)
      first.onStart = async () => rejected
      assert.equal(await charge(), 0)
    })

    it('keeps what the engine said it charges, for the operator only', async () => {
      first.onCheck = async () => ({ ...BROKEN, usage: { unit: 'usd', amount: 0.0123 } })
      second.onStart = async () => ({ ...BROKEN, usage: { unit: 'second', amount: 2.5 } })
      const id = await submit()
      await test.work()
      test.clock.advance(1_000)
      await test.work()
      const of = { model: 'routed-1', requests: 1 }
      assert.deepEqual(await listUpstreamUsage(test.database, 0), [
        { ...of, engine: 'scripted', unit: 'usd', amount: 0.0123 },
        { ...of, engine: 'second', unit: 'second', amount: 2.5 },
      ])
      assert.deepEqual(await listUpstreamUsage(test.database, test.clock.now() + 1), [])
      assert.doesNotMatch(JSON.stringify(await result(id)), /usd|0\.0123/)
    })
  })
}
