import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { createMortalDatabase } from '../testing/mortal-database.ts'
import { LEASE_MS } from './claim-deliveries.ts'
import { releaseDeliveries } from './record-attempt.ts'
import { createWebhookMachine, type WebhookMachine } from './testing/webhook-machine.ts'

for (const kind of DATABASES) {
  describe(`a node that dies while it delivers on ${kind.name}`, () => {
    let test: WebhookMachine
    beforeEach(async () => {
      test = await createWebhookMachine(kind)
    })
    afterEach(() => test.auditAndClose())

    /** Lets a node on a database that fails at its n-th moment try; answers whether that moment came. */
    async function tryNode(n: number, kindOfFailure: 'death' | 'lost answer'): Promise<boolean> {
      let moments = 0
      const isNow = () => {
        moments += 1
        return moments === n
      }
      const never = () => false
      const database =
        kindOfFailure === 'death'
          ? createMortalDatabase(test.database, isNow, never)
          : createMortalDatabase(test.database, never, isNow)
      const node = test.createNode({ database })
      await test.deliver(node).catch(() => {})
      await node.idle()
      return moments >= n
    }

    for (const failure of ['death', 'lost answer'] as const) {
      it(`loses no webhook and counts none twice, at whatever statement (${failure})`, async () => {
        let points = 0
        for (let n = 1; ; n += 1) {
          const before = test.receiver.received.length
          const id = await test.submitHook()
          const hasFailed = await tryNode(n, failure)
          assert.deepEqual(await test.audit(), [], `after moment ${n}`)
          test.clock.advance(LEASE_MS)
          await test.deliver()
          const { state, attempt_count: count } = await test.logOf(id)
          assert.deepEqual([state, count], ['delivered', 1], `moment ${n}`)
          const sent = test.receiver.received.length - before
          assert.ok(sent === 1 || sent === 2, `sent ${sent} times`)
          if (!hasFailed) break
          points = n
        }
        assert.ok(points >= (failure === 'death' ? 15 : 2), `${points} moments were tried`)
      })
    }

    it('leaves a webhook due at once to the process that takes its place alone', async () => {
      test.receiver.react = () => null
      const id = await test.submitHook()
      const node = test.createNode({ timeoutMs: 60_000 })
      await node.claim()
      await test.receiver.until(1)
      await releaseDeliveries(test.database, test.clock.now())
      test.receiver.react = () => 200
      await test.deliver(test.createNode())
      assert.equal((await test.logOf(id)).state, 'delivered')
      node.abort()
      await node.idle()
    })
  })
}
