import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createSecretKey, verifySecretKey } from '../../secrets/secret-key.ts'
import { DATABASES } from '../../testing/databases.ts'
import { createWebhookMachine, type WebhookMachine } from '../../webhooks/testing/webhook-machine.ts'

const DAY_MS = 24 * 60 * 60 * 1000

for (const kind of DATABASES) {
  describe(`the duties about webhooks on ${kind.name}`, () => {
    let test: WebhookMachine
    beforeEach(async () => {
      test = await createWebhookMachine(kind)
      // What the audit must know is kept with the installation, which the process makes.
      await verifySecretKey(test.database, createSecretKey(Buffer.alloc(32, 7)), test.clock.now())
    })
    afterEach(() => test.auditAndClose())

    const run = async (name: string) => {
      const duty = test.app.duties.find((each) => each.name === name)
      assert.ok(duty, name)
      await duty.run()
    }
    const count = async (table: string) =>
      (await test.database.read<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n

    it('give up what has waited for a day, and no attempt that is under way', async () => {
      test.receiver.react = () => null
      const ids: string[] = []
      for (let index = 0; index < 9; index += 1) ids.push(await test.submitHook())
      const node = test.createNode({ timeoutMs: 60_000 })
      test.clock.advance(DAY_MS - 1)
      await node.claim()
      await test.receiver.until(8)
      await run('give-up-deliveries')
      const states = async () => (await Promise.all(ids.map(async (id) => (await test.logOf(id)).state))).join()
      assert.equal(await states(), Array(9).fill('pending').join())
      test.clock.advance(1)
      await run('give-up-deliveries')
      assert.equal(await states(), [...Array(8).fill('pending'), 'dead'].join())
      const log = await test.logOf(ids[8] ?? '')
      assert.deepEqual([log.attempt_count, log.last_error], [0, 'its receiver was in trouble for too long'])
      node.abort()
      await node.idle()
      // Given up, it can be sent again, for a day anew.
      test.receiver.react = () => 200
      await test.call('POST', `/v1/deliveries/${log.delivery_id}/redeliver`, { key: test.testKey })
      await run('give-up-deliveries')
      await test.deliver()
      assert.equal((await test.logOf(ids[8] ?? '')).state, 'delivered')
    })

    it('delete what is over after 30 days with its attempts, and nothing else', async () => {
      await test.submitHook()
      await test.deliver()
      test.receiver.react = () => 500
      const waiting = await test.submitHook()
      await test.deliver()
      test.clock.advance(30 * DAY_MS)
      const young = await test.submitHook()
      await run('forget-deliveries')
      assert.equal(await count('deliveries'), 3)
      test.clock.advance(1)
      await run('forget-deliveries')
      assert.equal(await count('deliveries'), 2)
      assert.equal(await count('delivery_attempts'), 1)
      assert.equal((await test.logOf(waiting)).state, 'pending')
      assert.equal((await test.logOf(young)).state, 'pending')
      assert.deepEqual(await test.audit(), [], 'what was deleted is missed by nobody')
    })

    it('forget endpoints for which nothing waits, and remember those in trouble for as long as that matters', async () => {
      await test.submitHook()
      await test.deliver()
      assert.equal(await count('webhook_endpoints'), 1)
      await run('forget-deliveries')
      assert.equal(await count('webhook_endpoints'), 0)
      await test.submitHook()
      await run('forget-deliveries')
      assert.equal(await count('webhook_endpoints'), 1)
      await test.deliver()
      assert.equal(test.receiver.received.length, 2)
    })
  })
}
