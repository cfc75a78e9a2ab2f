import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { WITH_TEST_MODELS } from '../testing/fixtures.ts'
import { makePng } from '../testing/pictures.ts'
import { createScriptedEngine } from '../testing/scripted-engine.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { upload } from '../testing/upload.ts'

/** What a fault in the database is called by the audit. */
const FAULTS: readonly [string, string][] = [
  ["UPDATE ledger_entries SET amount = amount + 1 WHERE kind = 'grant'", 'every entry continues the balance before it'],
  ["DELETE FROM ledger_entries WHERE kind = 'refund'", 'the ledger has no gaps'],
  ['UPDATE balances SET balance = balance + 1', 'the balance is the fold of the ledger'],
  [
    "UPDATE ledger_entries SET amount = amount - 1 WHERE kind = 'charge'",
    'every request but those the sandbox completes at once is charged its price once',
  ],
  ["UPDATE requests SET refunded = 0 WHERE status = 'FAILED'", 'the refund on record is the refund in the ledger'],
  [
    "UPDATE requests SET refunded = cost WHERE status = 'IN_PROGRESS'",
    'only requests that are over and not completed are refunded',
  ],
  ["UPDATE ledger_entries SET request_id = 'x' WHERE kind = 'refund'", 'every charge and refund belongs to a request'],
  [
    "UPDATE balances SET reserved = reserved + 1 WHERE mode = 'live'",
    'reserved is the cost of the requests that are not over',
  ],
  ['UPDATE api_keys SET live_count = live_count + 1', 'the counters of a key are its rows in the queue'],
  ['UPDATE api_keys SET spent = spent + 1', 'what a key spent is what its requests kept'],
  [
    "UPDATE queue SET stage = 'ready', step = NULL, due_at = NULL, has_started = 0",
    'a request is in the queue exactly while it is not over',
  ],
  ['UPDATE api_keys SET held_count = 0', 'no request is parked while its key has a free slot'],
  ['UPDATE blobs SET uses = uses + 1, unused_since = NULL', 'the uses of a blob are the rows that name it'],
  ['UPDATE file_space SET used_bytes = used_bytes + 1', 'the space an account uses is the sum of its files'],
  [
    "UPDATE requests SET deleted_at = 1 WHERE status = 'FAILED'",
    'nothing is left of what a deleted request was given and made',
  ],
  ['DELETE FROM deliveries', 'every request that is over and asked for a webhook is in the outbox'],
]

for (const kind of DATABASES) {
  describe(`the audit on ${kind.name}`, () => {
    let test: TestApp
    beforeEach(async () => {
      const engine = createScriptedEngine('scripted')
      test = await createTestApp(kind, { ...WITH_TEST_MODELS, engines: [engine] })
      const body = { input: { prompt: 'x' }, webhook_url: 'https://example.com/hook' }
      await test.call('POST', '/v1/models/remote-1', { body })
      engine.onStart = async () => ({ state: 'failed', code: 'GENERATION_FAILED', message: 'no', isCharged: false })
      await test.work()
      engine.onStart = async () => ({ ticket: 't' })
      await test.submit('remote-1', { prompt: 'x' })
      await test.work()
      await upload(test, await makePng(4, 4))
    })
    afterEach(() => test.close())

    for (const [fault, check] of FAULTS) {
      it(`finds where it does not hold that ${check}`, async () => {
        assert.deepEqual(await test.audit(), [])
        await test.database.write(fault)
        const differences = await test.audit()
        assert.ok(
          differences.some((difference) => difference.check === check && difference.expected !== difference.found),
          JSON.stringify(differences),
        )
      })
    }

    it('finds outputs and files that are gone from the disk', async () => {
      const { body } = await test.submit('canvas-1', { prompt: 'A lighthouse' })
      const isOver = async () => (await test.call('GET', `/v1/requests/${body.request_id}`)).status === 200
      const woken = new Promise<void>((resolve) => test.app.onWork(resolve))
      await test.work()
      for (await woken; !(await isOver()); test.clock.advance(500)) {
        await new Promise(setImmediate)
        await test.work()
      }
      assert.deepEqual(await test.audit(), [])
      rmSync(join(test.dataDir, 'media', 'blobs'), { recursive: true })
      const differences = await test.audit()
      assert.deepEqual(
        differences.map(({ check, found }) => [check, found]),
        [
          ['every output is on disk', 'no file'],
          ['every output is on disk', 'no file'],
          ['every file is on disk', 'no file'],
        ],
      )
    })
  })
}
