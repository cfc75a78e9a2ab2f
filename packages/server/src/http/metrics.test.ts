import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type EngineContext, NotAccepted } from '../engines/engine.ts'
import { DATABASES } from '../testing/databases.ts'
import { UNREACHABLE_PICTURE } from '../testing/fixtures.ts'
import { createMachine, type Machine } from '../testing/machine.ts'

const TOKEN = 'a-token-of-the-operator'
const FAILURE = { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.', isCharged: false } as const

for (const kind of DATABASES) {
  describe(`the metrics on ${kind.name}`, () => {
    let test: Machine
    beforeEach(async () => {
      test = await createMachine(kind, {}, { CLIPIA_METRICS_TOKEN: TOKEN })
    })
    afterEach(() => test.auditAndClose())

    /** The samples, by name with labels as they are written. */
    const scrape = async (): Promise<Map<string, number>> => {
      const { status, body } = await test.call('GET', '/metrics', { key: TOKEN })
      assert.equal(status, 200)
      const lines = String(body)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
      return new Map(lines.map((line) => [line.replace(/ [^ ]+$/, ''), Number(/[^ ]+$/.exec(line)?.[0])]))
    }

    it('are read with their token only, and count among themselves nothing a caller makes up', async () => {
      for (const key of [null, 'wrong', test.liveKey]) {
        const { status, body } = await test.call('GET', '/metrics', { key })
        assert.deepEqual([status, body.error.code], [401, 'invalid_api_key'])
      }
      assert.equal((await test.call('POST', '/metrics', { key: TOKEN })).status, 405)
      await test.call('GET', `/v1/requests/${test.accountId}`)
      await test.call('GET', `/made/up/${test.accountId}`)
      const samples = await scrape()
      const count = 'clipia_http_request_duration_seconds_count'
      assert.equal(samples.get(`${count}{method="GET",route="/v1/requests/{id}",status="404"}`), 1)
      assert.equal(samples.get(`${count}{method="GET",route="unknown",status="404"}`), 1)
      const text = [...samples.keys()].join('\n')
      for (const secret of [test.accountId, test.liveKey, TOKEN]) assert.ok(!text.includes(secret))
      assert.ok((samples.get('nodejs_eventloop_lag_seconds') ?? -1) >= 0, 'what the process does')
      assert.equal(samples.get('clipia_database_up'), 1)
    })

    it('tell how much waits, how much runs and since when', async () => {
      const key = await test.makeKey({ mode: 'live', concurrency: 2 })
      test.engine.slots = 1
      for (let index = 0; index < 3; index += 1) await test.submitJob(key)
      await test.app.worker.claim()
      await test.app.worker.idle()
      test.clock.advance(7_000)
      const samples = await scrape()
      const value = (name: string) => samples.get(`clipia_${name}`)
      assert.equal(value('queue_generations{model="remote-1",stage="waiting"}'), 2)
      assert.equal(value('queue_generations{model="remote-1",stage="running"}'), 1)
      assert.equal(value('queue_oldest_waiting_seconds{model="remote-1"}'), 7)
      assert.equal(value('pool_generations{pool="scripted",stage="ready"}'), 1)
      assert.equal(value('pool_generations{pool="scripted",stage="claimed"}'), 1)
      assert.equal(value('queue_parked'), 1)
      assert.equal(value('steps_overdue_seconds'), 6, 'the check was due a second after the start')
      assert.equal(value('generations_submitted_total{model="remote-1",mode="live"}'), 3)
      assert.equal(value('step_duration_seconds_count{engine="scripted",step="starting",result="done"}'), 1)
    })

    it('tell how generations end, what was charged and given back', async () => {
      await test.submitJob()
      await test.work()
      test.engine.onCheck = async () => FAILURE
      test.clock.advance(1_000)
      await test.work()
      const id = await test.submitJob()
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      const samples = await scrape()
      const ended = (labels: string) => samples.get(`clipia_generations_ended_total{${labels}}`)
      assert.equal(ended('model="remote-1",mode="live",status="FAILED",code="CONTENT_REJECTED"'), 1)
      assert.equal(ended('model="remote-1",mode="live",status="CANCELED",code=""'), 1, 'once, though asked for twice')
      assert.equal(ended('model="canvas-1",mode="test",status="COMPLETED",code=""'), 1)
      assert.equal(samples.get('clipia_credits_charged_total{mode="live"}'), 6)
      assert.equal(samples.get('clipia_credits_refunded_total{mode="live"}'), 6)
      assert.equal(samples.get('clipia_credits_charged_total{mode="test"}'), undefined)
    })

    it('tell what went wrong upstream, each kind by its word', async () => {
      const starts = [
        () => Promise.reject(new NotAccepted('busy', { retryAfterMs: 1_000 })),
        () => Promise.reject(new Error('reset')),
        async () => ({ ticket: {} }),
      ]
      test.engine.onFind = async () => null
      test.engine.onStart = (_job, _context: EngineContext) => (starts.shift() ?? (async () => ({ ticket: {} })))()
      const checks = [() => Promise.reject(new Error('away')), async () => UNREACHABLE_PICTURE]
      test.engine.onCheck = () => (checks.shift() ?? (async () => FAILURE))()
      await test.submitJob()
      for (let second = 0; second < 60; second += 1) {
        await test.work()
        test.clock.advance(1_000)
      }
      const samples = await scrape()
      const faults = ['start_refused', 'start_unknown', 'check_failed', 'collect_failed'].map(
        (fault) => (samples.get(`clipia_upstream_failures_total{engine="scripted",fault="${fault}"}`) ?? 0) > 0,
      )
      assert.deepEqual(faults, [true, true, true, true])
      test.clock.advance(600_000)
      await test.runDuty('end-overdue')
    })

    it('say so when the database is away, and show no old figures then', async () => {
      await test.submitJob()
      assert.ok((await scrape()).has('clipia_queue_generations{model="remote-1",stage="waiting"}'))
      const { read } = test.database
      test.database.read = () => Promise.reject(new Error('away'))
      const samples = await scrape()
      test.database.read = read
      assert.equal(samples.get('clipia_database_up'), 0)
      for (const name of samples.keys()) assert.doesNotMatch(name, /^clipia_(queue|pool|webhooks)_/)
    })
  })
}
