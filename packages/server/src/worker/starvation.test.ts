import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Outcome } from '../engines/engine.ts'
import { DATABASES } from '../testing/databases.ts'
import { WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { createScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp } from '../testing/test-app.ts'
import { waitFor } from '../testing/wait-for.ts'

const BROKEN: Outcome = { state: 'failed', code: 'GENERATION_FAILED', message: 'It broke.', isCharged: false }
const JOBS = 80

for (const kind of DATABASES) {
  describe(`an engine that hangs, on ${kind.name}`, () => {
    it('is broken off when the process can wait no longer, and nothing of it is lost', async () => {
      const engine = createScriptedEngine('scripted')
      const test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [engine] })
      const hang = (signal: AbortSignal) =>
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      engine.onStart = (_job, { signal }) => hang(signal)
      await test.submit('remote-1', { prompt: 'x' })
      await test.app.worker.claim()
      await waitFor('the start', () => engine.starts.length === 1)
      test.app.worker.abort()
      await test.app.worker.idle()
      const [row] = await test.database.read<{ step: string }>('SELECT step FROM queue')
      assert.equal(row?.step, 'recover', 'whether it was taken is to be found out')
      engine.onFind = async () => ({ ticket: 'found' })
      test.clock.advance(30_000)
      await test.app.worker.claim()
      await test.app.worker.idle()
      assert.deepEqual(await test.audit(), [])
      await test.close()
    })

    it('takes a bounded number of steps of a node, and keeps no other engine waiting', async () => {
      const [hanging, other] = [createScriptedEngine('scripted'), createScriptedEngine('second')]
      const test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [hanging, other] })
      const { worker } = test.app
      const key = await test.makeKey({ mode: 'live', concurrency: 1_000 })
      const submit = async (size: string) =>
        (await test.submit('routed-1', { prompt: 'x', size }, { key })).body.request_id as string
      for (let index = 0; index < JOBS; index += 1) await submit('small')
      const early = await submit('large')
      await test.work()
      assert.equal(hanging.starts.length, JOBS)
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      let waiting = 0
      hanging.onCheck = async () => {
        waiting += 1
        await released
        return BROKEN
      }
      other.onCheck = async () => BROKEN
      test.clock.advance(1_000)
      const late = await submit('large')
      while ((await worker.claim()) > 0) await new Promise(setImmediate)
      await waitFor('the steps that hang', () => waiting === 64)
      for (const id of [early, late]) {
        await waitFor('the other engine', async () => {
          test.clock.advance(1)
          await worker.claim()
          return other.starts.includes(id)
        })
      }
      test.clock.advance(1_000)
      await waitFor('the end of what the other engine has', async () => {
        await worker.claim()
        const alive = await test.database.read(`SELECT 1 AS alive FROM queue WHERE pool = 'second'`)
        return alive.length === 0
      })
      assert.equal(waiting, 64, 'the bound of an engine')
      assert.equal(worker.hasRoom(), false, 'others are told of what this node cannot take')
      release()
      hanging.onCheck = async () => BROKEN
      await worker.idle()
      test.clock.advance(30_000)
      await test.work()
      assert.deepEqual(await test.database.read('SELECT 1 AS alive FROM queue'), [])
      assert.deepEqual(await test.audit(), [])
      await test.close()
    })
  })
}
