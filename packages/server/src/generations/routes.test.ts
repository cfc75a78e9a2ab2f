import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Job } from '../engines/engine.ts'
import { DATABASES } from '../testing/databases.ts'
import { WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { createScriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

for (const kind of DATABASES) {
  describe(`the routes of a model on ${kind.name}`, () => {
    let test: TestApp
    let first: ScriptedEngine
    let second: ScriptedEngine
    let jobs: Job[]
    beforeEach(async () => {
      jobs = []
      first = createScriptedEngine('scripted')
      second = createScriptedEngine('second')
      for (const engine of [first, second]) {
        engine.onStart = async (job) => {
          jobs.push(job)
          return { ticket: 't' }
        }
      }
      test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [first, second] })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
    })

    it('tells the engine of the route the input in its own words, and which of it are media', async () => {
      const url = 'https://pictures.example/1.png'
      await test.submit('routed-1', { prompt: 'a fox', image_url: url })
      await test.submit('routed-1', { prompt: 'a fox', size: 'large' })
      await test.work()
      // Two engines: which is started first is not said.
      jobs.sort((left, right) => String(left.settings.model).localeCompare(String(right.settings.model)))
      assert.deepEqual(
        jobs.map(({ settings, input, media }) => ({ settings, input, media })),
        [
          { settings: { model: 'first' }, input: { text: 'a fox', size: 'SMALL', image_url: url }, media: [url] },
          { settings: { model: 'second' }, input: { prompt: 'a fox' }, media: [] },
        ],
      )
    })

    it('keeps the routes with the request: a changed model file strands nothing', async () => {
      await test.submit('routed-1', { prompt: 'a fox' })
      test.app.services.catalogue = () => ({ find: () => null, list: () => [] })
      await test.work()
      assert.deepEqual(first.starts.length, 1)
    })

    it('refuses at estimate and at submit alike what only an inactive route takes, and charges nothing', async () => {
      second.isReachable = false
      const input = { prompt: 'a fox', size: 'large' }
      for (const path of ['/v1/models/routed-1/estimate', '/v1/models/routed-1']) {
        const { status, body } = await test.call('POST', path, { body: { input } })
        assert.equal(status, 422)
        assert.deepEqual([body.error.code, body.error.param], ['model_input_invalid', 'size'])
        assert.doesNotMatch(body.error.message, /scripted|second/)
      }
      assert.equal((await test.submit('routed-1', input, { key: test.testKey })).status, 200)
      assert.equal((await test.call('GET', '/v1/account')).body.balance.reserved, 0)
    })

    it('shows the model to live keys while one of its routes is active', async () => {
      const isListed = async () => (await test.call('GET', '/v1/models/routed-1')).status === 200
      first.isReachable = false
      assert.equal(await isListed(), true)
      second.isReachable = false
      assert.equal(await isListed(), false)
    })

    it('ends a request whose input cannot be mapped, refunded, without starting it', async () => {
      const { body } = await test.submit('routed-1', { prompt: 'a fox' })
      const broken = { type: 'image', mediaParameters: [], chargesRejected: false }
      const input = { omit: [], rename: {}, set: {}, compute: { n: '$number(prompt)' } }
      await test.database.write('UPDATE requests SET job = $1', [
        JSON.stringify({ ...broken, routes: [{ engine: 'scripted', settings: {}, input }] }),
      ])
      await test.work()
      const { body: result } = await test.call('GET', `/v1/requests/${body.request_id}`)
      assert.deepEqual([result.error.code, result.charged, first.starts.length], ['GENERATION_FAILED', 0, 0])
    })
  })
}
