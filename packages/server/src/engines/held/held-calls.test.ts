import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { DATABASES } from '../../testing/databases.ts'
import { TEST_MODELS_FOLDER } from '../../testing/fixtures.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { type Finished, type Job, NotAccepted, type Outcome, type Ticket } from '../engine.ts'
import { createHeldCalls, type HeldCalls } from './held-calls.ts'

const MADE: Finished = { state: 'finished', media: [{ kind: 'blob', blob: 'b' }] }
const RUNNING = { state: 'running', percent: null }

/** A call whose answer the test decides. */
function makeCall() {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  let isGivenUp = false
  const call = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => {
      isGivenUp = true
      reject(signal.reason)
    })
    return promise
  }
  return { call, resolve, reject, isGivenUp: () => isGivenUp }
}

for (const kind of DATABASES) {
  describe(`held calls, on ${kind.name}`, () => {
    let app: TestApp
    let here: HeldCalls
    let there: HeldCalls
    let job: Job
    let news: string[]
    const { signal } = new AbortController()
    const open = (patienceMs: number) =>
      createHeldCalls({
        database: app.database,
        clock: app.clock,
        onNews: (requestId) => void news.push(requestId),
        log: pino({ level: 'silent' }),
        makeId: app.app.services.identifiers.uuid,
        patienceMs,
      })
    const hold = async (call: (signal: AbortSignal) => Promise<Outcome>): Promise<Ticket> => {
      const started = await here.hold(job, signal, call)
      assert.ok('ticket' in started)
      return JSON.parse(JSON.stringify(started.ticket))
    }
    const checkAt = (calls: HeldCalls, ticket: Ticket, laterMs = 0) =>
      calls.check(job, ticket, app.clock.now() + laterMs)
    beforeEach(async () => {
      app = await createTestApp(kind, {
        environment: {
          CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER,
          OPENAI_API_KEY: 'k',
          OPENAI_BASE_URL: 'http://127.0.0.1:9',
        },
      })
      news = []
      here = open(1)
      there = open(1)
      const { body } = await app.submit('openai-1', { prompt: 'a fox' })
      const { accountId } = app
      job = { requestId: body.request_id, accountId, model: 'm', type: 'image', input: {}, media: [], settings: {} }
    })
    afterEach(async () => {
      await here.close(0)
      await app.close()
    })

    it('what is answered at once is answered by the start, and puts nothing on record', async () => {
      assert.deepEqual(await open(10_000).hold(job, signal, async () => MADE), MADE)
      const refused = open(10_000).hold(job, signal, () => Promise.reject(new NotAccepted('busy', { retryAfterMs: 7 })))
      await assert.rejects(refused, { name: 'NotAccepted', retryAfterMs: 7 })
      assert.deepEqual(await app.database.read('SELECT * FROM local_renders'), [])
    })

    it('a slow answer is told by checks on every node once it is there', async () => {
      const { call, resolve } = makeCall()
      const ticket = await hold(call)
      assert.deepEqual([await checkAt(here, ticket), await checkAt(there, ticket)], [RUNNING, RUNNING])
      resolve(MADE)
      await waitFor('the news', () => news.length > 0)
      assert.deepEqual(news, [job.requestId])
      assert.deepEqual([await checkAt(here, ticket, 1e9), await checkAt(there, ticket, 1e9)], [MADE, MADE])
    })

    it('a call whose node is gone is lost: refunded, and no reason to render elsewhere', async () => {
      const ticket = await hold(makeCall().call)
      assert.deepEqual(await checkAt(here, ticket, 61_000), RUNNING)
      assert.deepEqual(await checkAt(there, ticket, 59_000), RUNNING)
      const lost = await checkAt(there, ticket, 61_000)
      assert.ok(lost.state === 'failed')
      assert.deepEqual([lost.isCharged, lost.isEngineFault ?? false], [false, false])
    })

    it('a late refusal lets another route try, a late break does not', async () => {
      for (const [error, isEngineFault] of [
        [new NotAccepted('busy'), true],
        [new Error('reset'), false],
      ] as const) {
        const { call, reject } = makeCall()
        const ticket = await hold(call)
        news = []
        reject(error)
        await waitFor('the news', () => news.length > 0)
        const ended = await checkAt(there, ticket)
        assert.ok(ended.state === 'failed')
        assert.equal(ended.isEngineFault ?? false, isEngineFault)
      }
    })

    it('a call is given up once nobody waits for its answer', async () => {
      const { call, isGivenUp } = makeCall()
      await hold(call)
      await app.database.write('DELETE FROM queue WHERE request_id = $1', [job.requestId])
      await waitFor('the call to be given up', isGivenUp)
    })

    it('two calls for one request are never taken for each other', async () => {
      const [first, second] = [makeCall(), makeCall()]
      const firstTicket = await hold(first.call)
      const secondTicket = await hold(second.call)
      await waitFor('the first to be given up', first.isGivenUp)
      assert.equal((await checkAt(there, firstTicket)).state, 'failed')
      assert.deepEqual(await checkAt(there, secondTicket), RUNNING)
      second.resolve(MADE)
      await waitFor('the answer', async () => (await checkAt(there, secondTicket)).state === 'finished')
    })

    it('a step that ends early takes its call with it, and one that comes too late makes none', async () => {
      const abort = new AbortController()
      const { call, isGivenUp } = makeCall()
      const held = open(10_000).hold(job, abort.signal, call)
      abort.abort(new Error('the lease ends'))
      await assert.rejects(held, (error) => !(error instanceof NotAccepted))
      assert.ok(isGivenUp())
      const late = here.hold(job, abort.signal, () => assert.fail('it was called'))
      await assert.rejects(late, { name: 'NotAccepted', isEngineFault: false })
    })

    it('a process that ends waits for its calls, and says at once which are lost', async () => {
      const [quick, slow] = [makeCall(), makeCall()]
      const slowTicket = await hold(slow.call)
      const closed = here.close(50)
      await closed
      assert.equal((await checkAt(there, slowTicket)).state, 'failed')
      const ticket = await hold(quick.call)
      quick.resolve(MADE)
      await here.close(60_000)
      assert.deepEqual(await checkAt(there, ticket), MADE)
    })

    it('a ticket of somebody else is refused', async () => {
      const strange: Ticket[] = [null, 'x', {}, { call: 7 }]
      for (const ticket of strange) await assert.rejects(here.check(job, ticket, 0))
    })
  })
}
