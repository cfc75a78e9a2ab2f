import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createSecretKey, verifySecretKey } from '../secrets/secret-key.ts'
import { DATABASES } from '../testing/databases.ts'
import { findScans } from '../testing/find-scans.ts'
import { UNREACHABLE_PICTURE } from '../testing/fixtures.ts'
import { createMachine, type Machine } from '../testing/machine.ts'
import { recordStatements } from '../testing/recorded-database.ts'

/** What has a row or more for each request there ever was, or grows with what accounts keep. */
const GROWING: ReadonlySet<string> = new Set([
  ...['requests', 'ledger_entries', 'endings', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'usage_days'],
  ...['media', 'blobs', 'files', 'input_uses', 'upstream_usage'],
])

/** Indexes that hold only what is not over: to count in one is to count what lives. */
const OF_THE_LIVING: ReadonlySet<string> = new Set([
  'requests_alive_by_model',
  'deliveries_waiting',
  'deliveries_old_waiting',
])

const TOKEN = 'only-prometheus-knows-this'
const DAY_MS = 24 * 60 * 60 * 1000
const LISTS = [
  ...['', '?status=FAILED', '?status=IN_QUEUE', '?status=COMPLETED', '?status=CANCELED', '?model=remote-1'].map(
    (query) => `/v1/requests${query}`,
  ),
  '/v1/requests?created_from=2026-01-01&created_until=2027-01-01',
  ...['/v1/account', '/v1/account/ledger', '/v1/account/ledger?kind=refund', '/v1/files'],
  ...['/v1/deliveries', '/v1/deliveries?state=dead'],
]

/** Nearly everything that happens to requests: they are made, run, refused, canceled, told of, listed, and forgotten. */
async function liveAndForget(test: Machine): Promise<void> {
  const hook = { webhook_url: 'https://hooks.invalid/' }
  const submit = async (name: string, key: string) => {
    const body = { input: { prompt: name }, ...hook }
    const { body: accepted } = await test.call('POST', '/v1/models/remote-1', {
      ...{ key, body, headers: { 'idempotency-key': name } },
    })
    assert.ok(accepted.request_id, JSON.stringify(accepted))
    return accepted.request_id
  }
  await submit('sandbox', test.testKey)
  await submit('fails', test.liveKey)
  test.engine.onCheck = async () => ({
    ...{ state: 'failed', code: 'GENERATION_FAILED', message: 'No.', isCharged: false },
  })
  await test.work()
  test.clock.advance(2_000)
  await test.work()
  test.engine.onCheck = async () => UNREACHABLE_PICTURE
  const ids = [await submit('collects', test.liveKey), await submit('is-canceled', test.liveKey)]
  await test.call('POST', `/v1/requests/${ids[1]}/cancel`)
  await test.work()
  test.clock.advance(2_000)
  await test.work()
  for (const path of ['', '/status', '/deliveries']) await test.call('GET', `/v1/requests/${ids[1]}${path}`)
  for (const path of LISTS) assert.equal((await test.call('GET', path)).status, 200, path)
  assert.equal((await test.call('GET', '/metrics', { key: TOKEN })).status, 200)
  while ((await test.app.dispatcher.claim()) > 0) await test.app.dispatcher.idle()
  test.clock.advance(40 * DAY_MS)
  for (const duty of test.app.duties) await duty.run()
}

for (const kind of DATABASES) {
  describe(`a long history on ${kind.name}`, () => {
    let test: Machine
    let statements: ReadonlySet<string>
    before(async () => {
      const recorded = recordStatements(kind)
      statements = recorded.statements
      test = await createMachine(recorded.kind, {}, { CLIPIA_RETENTION_DAYS: '30', CLIPIA_METRICS_TOKEN: TOKEN })
      await verifySecretKey(test.database, createSecretKey(Buffer.alloc(32, 7)), test.clock.now())
    })
    after(() => test.auditAndClose())

    it('is read from end to end by nothing: no submit, claim, status, list, delivery or duty slows down with it', async () => {
      await liveAndForget(test)
      assert.ok(statements.size > 80, `${statements.size} statements were seen`)
      const scans = await findScans(kind, test.testDatabase.location, statements)
      const bad = scans.filter(({ scan }) => GROWING.has(scan.table) && !OF_THE_LIVING.has(scan.index ?? ''))
      assert.deepEqual(bad, [])
    })

    it('would be seen if it were', async () => {
      const database = await kind.create()
      const sql = "SELECT r.request_id FROM requests r WHERE r.input = 'x'"
      assert.deepEqual(await findScans(kind, database.location, [sql]), [
        { sql, scan: { table: 'requests', index: null } },
      ])
      await database.remove()
    })
  })
}
