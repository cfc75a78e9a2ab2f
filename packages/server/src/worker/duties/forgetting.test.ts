import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { KEY_BUCKETS, takeSharedToken } from '../../limits/take-shared-token.ts'
import { createSecretKey, verifySecretKey } from '../../secrets/secret-key.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createMachine, type Machine } from '../../testing/machine.ts'
import { forgetEndings } from './forget-endings.ts'
import { forgetIdempotencyKeys } from './forget-idempotency-keys.ts'

const HOUR_MS = 60 * 60 * 1000

for (const kind of DATABASES) {
  describe(`what is forgotten on ${kind.name}`, () => {
    let test: Machine
    beforeEach(async () => {
      test = await createMachine(kind)
    })
    afterEach(() => test.auditAndClose())

    const count = async (table: string) =>
      (await test.database.read<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n
    const submit = async (idempotencyKey: string, key = test.testKey) => {
      const headers = { 'idempotency-key': idempotencyKey }
      const { status, body, headers: answered } = await test.submit('remote-1', { prompt: 'x' }, { key, headers })
      assert.equal(status, 200, JSON.stringify(body))
      return { id: body.request_id, isReplay: answered['idempotent-replayed'] === 'true' }
    }

    it('is an idempotency key after 24 hours, once its request is over, and not a moment before', async () => {
      const first = await submit('a')
      test.clock.advance(24 * HOUR_MS - 1)
      await test.runDuty('forget-idempotency-keys')
      assert.deepEqual(await submit('a'), { id: first.id, isReplay: true })
      test.clock.advance(1)
      await test.runDuty('forget-idempotency-keys')
      assert.equal(await count('idempotency_keys'), 0)
      const second = await submit('a')
      assert.equal(second.isReplay, false)
      assert.notEqual(second.id, first.id)
      await test.runDuty('forget-idempotency-keys')
      assert.deepEqual(await submit('a'), { id: second.id, isReplay: true })
    })

    it('is no idempotency key whose request is still alive, however old', async () => {
      const { id } = await submit('alive', test.liveKey)
      await test.work()
      test.clock.advance(25 * HOUR_MS)
      await test.runDuty('forget-idempotency-keys')
      assert.deepEqual(await submit('alive', test.liveKey), { id, isReplay: true })
      await test.runDuty('end-overdue')
      await test.runDuty('forget-idempotency-keys')
      assert.equal(await count('idempotency_keys'), 0)
    })

    it('goes in batches, on two nodes at once as well', async () => {
      const row = (n: number) =>
        `('${test.accountId}', 'test', 'bulk-${n}', 'f', (SELECT min(request_id) FROM requests), ${test.clock.now()})`
      await submit('one')
      const rows = Array.from({ length: 1_200 }, (_, n) => row(n)).join(', ')
      await test.database.write(
        `INSERT INTO idempotency_keys (account_id, mode, idempotency_key, fingerprint, request_id, created_at) VALUES ${rows}`,
      )
      test.clock.advance(24 * HOUR_MS)
      // On SQLite there is one process, but its duties still overlap with everything else.
      const other = kind.name === 'SQLite' ? test.database : test.testDatabase.open()
      await Promise.all([test.runDuty('forget-idempotency-keys'), forgetIdempotencyKeys(other, test.clock).run()])
      if (other !== test.database) await other.close()
      assert.equal(await count('idempotency_keys'), 0)
    })

    it('is the order of ends after 30 days, on two nodes at once as well, and nothing of what is younger', async () => {
      await verifySecretKey(test.database, createSecretKey(Buffer.alloc(32, 7)), test.clock.now())
      const strangersKey = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
      for (let index = 0; index < 600; index += 1) {
        await test.submit('remote-1', { prompt: 'x' }, { key: index % 2 === 0 ? test.testKey : strangersKey })
        if (index === 550) test.clock.advance(1)
      }
      test.clock.advance(30 * 24 * HOUR_MS)
      const other = kind.name === 'SQLite' ? test.database : test.testDatabase.open()
      const again = forgetEndings(other, test.clock, 30 * 24 * HOUR_MS)
      await Promise.all([test.runDuty('forget-endings'), again.run()])
      if (other !== test.database) await other.close()
      assert.equal(await count('endings'), 49)
      assert.deepEqual(await test.audit(), [])
      test.clock.advance(1)
      await test.runDuty('forget-endings')
      assert.equal(await count('endings'), 0)
    })

    it('is a bucket that is full again, and none that is not', async () => {
      const [row] = await test.database.read<{ key_id: string }>('SELECT min(key_id) AS key_id FROM api_keys')
      const keyId = row?.key_id ?? ''
      const take = () => takeSharedToken(test.database, KEY_BUCKETS, keyId, 2, test.clock.now())
      await take()
      await take()
      await test.runDuty('forget-buckets')
      assert.equal((await take()).isAllowed, false)
      assert.equal(await count('rate_buckets'), 1)
      test.clock.advance(10 * 60_000)
      await test.runDuty('forget-buckets')
      assert.equal(await count('rate_buckets'), 0)
      const { isAllowed, remaining } = await take()
      assert.deepEqual([isAllowed, remaining], [true, 1])
    })
  })
}
