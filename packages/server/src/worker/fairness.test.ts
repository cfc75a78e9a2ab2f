import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { claimReady } from '../generations/claim-ready.ts'
import { DATABASES } from '../testing/databases.ts'
import { fillQueue } from '../testing/fill-queue.ts'
import { WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { createScriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const BACKLOG = 100_000
const ENDED = { state: 'failed', code: 'GENERATION_FAILED', message: 'no', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`turns between accounts on ${kind.name}`, () => {
    let test: TestApp
    let engine: ScriptedEngine
    beforeEach(async () => {
      engine = createScriptedEngine('scripted')
      test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [engine], credits: 1_000 })
    })
    afterEach(() => test.close())

    const submit = async (key: string): Promise<string> =>
      (await test.submit('remote-1', { prompt: 'x' }, { key })).body.request_id

    it(`let a newcomer start within the first claims beside ${BACKLOG} requests of one account`, async () => {
      await fillQueue(test.database, { pool: 'scripted', count: BACKLOG, nowMs: test.clock.now() })
      const newcomer = await submit(test.liveKey)
      const claim = { pool: 'scripted', node: 'n', limit: 3, capacity: null, nowMs: test.clock.now() }
      const claimed = await claimReady(test.database, claim)
      assert.ok(claimed.some(({ requestId }) => requestId === newcomer))
    })

    it('give two accounts equal shares, though one has ten keys', async () => {
      const many = await test.makeAccount(1_000)
      const keys = await Promise.all(Array.from({ length: 10 }, () => test.makeKey({ mode: 'live', accountId: many })))
      engine.slots = 0
      for (let round = 0; round < 6; round += 1) for (const key of keys) await submit(key)
      const ours = new Set<string>()
      const single = await test.makeKey({ mode: 'live', concurrency: 60 })
      for (let index = 0; index < 60; index += 1) ours.add(await submit(single))
      engine.onStart = async () => ENDED
      engine.slots = 1
      for (let index = 0; index < 40; index += 1) {
        await test.app.worker.claim()
        await test.app.worker.idle()
      }
      const share = engine.starts.filter((id) => ours.has(id)).length
      assert.ok(share >= 18 && share <= 22, `${share} of 40`)
      assert.deepEqual(await test.audit(), [])
    })

    it('are taken in each pool for itself: a saturated one delays no other', async () => {
      await fillQueue(test.database, { pool: 'scripted', count: 500, nowMs: test.clock.now() })
      await fillQueue(test.database, { pool: 'other', count: 1, nowMs: test.clock.now() })
      const claim = { pool: 'other', node: 'n', limit: 5, capacity: null, nowMs: test.clock.now() }
      assert.equal((await claimReady(test.database, claim)).length, 1)
    })
  })
}
