import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { DATABASES } from '../testing/databases.ts'
import { waitFor } from '../testing/wait-for.ts'
import { releaseDeliveries } from './record-attempt.ts'
import type { Receiver } from './testing/receiver.ts'
import { createWebhookMachine, type WebhookMachine } from './testing/webhook-machine.ts'

const AT_ONCE = 8

for (const kind of DATABASES) {
  describe(`receivers side by side on ${kind.name}`, () => {
    let test: WebhookMachine
    let receiver: Receiver
    beforeEach(async () => {
      test = await createWebhookMachine(kind)
      receiver = test.receiver
    })
    afterEach(() => test.auditAndClose())

    const times = async <T>(count: number, work: () => Promise<T>): Promise<T[]> => {
      const results: T[] = []
      for (let index = 0; index < count; index += 1) results.push(await work())
      return results
    }

    it('do not wait for one that hangs, whatever waits for it', async () => {
      receiver.react = () => null
      await times(30, () => test.submitHook())
      const node = test.createNode({ timeoutMs: 60_000 })
      while ((await node.claim()) > 0);
      await receiver.until(AT_ONCE)
      const others = await Promise.all([1, 2, 3].map(() => test.addReceiver()))
      for (const other of others) await test.submitHook(other.url)
      while ((await node.claim()) > 0);
      await Promise.all(others.map((other) => other.until(1)))
      assert.equal(receiver.received.length, AT_ONCE, 'no more than it may have at once')
      node.abort()
      await node.idle()
    })

    it('do not wait for another account, however many of its receivers hang', async () => {
      const node = test.createNode({ timeoutMs: 60_000, limits: { total: 20, anAccount: 12 } })
      const hanging = [receiver, ...(await Promise.all([1, 2, 3].map(() => test.addReceiver())))]
      for (const each of hanging) {
        each.react = () => null
        await times(AT_ONCE, () => test.submitHook(each.url))
      }
      while ((await node.claim()) > 0);
      const open = () => hanging.reduce((sum, each) => sum + each.received.length, 0)
      await waitFor('the attempts there is room for', () => open() === 12)
      const stranger = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
      const other = await test.addReceiver()
      await test.submitHook(other.url, stranger)
      while ((await node.claim()) > 0);
      await other.until(1)
      assert.equal(open(), 12)

      // What waited is taken up again, here or by a node that has room.
      for (const each of hanging) each.react = () => 200
      test.clock.advance(1_000)
      await test.deliver(test.createNode())
      assert.equal(open(), 4 * AT_ONCE)
      node.abort()
      await node.idle()
    })

    it('have no more at once than one may, over all nodes', async () => {
      receiver.react = (_received, response) => {
        setImmediate(() => response.end())
        return null
      }
      const ids = await times(30, () => test.submitHook())
      const nodes = [test.createNode(), test.createNode(), test.createNode()]
      let looked = 1
      while (looked > 0) {
        const counts = await Promise.all(nodes.map((node) => node.claim()))
        looked = counts.reduce((sum, count) => sum + count, 0)
        await Promise.all(nodes.map((node) => node.idle()))
      }
      assert.equal(receiver.received.length, ids.length)
      assert.ok(receiver.mostOpen() <= AT_ONCE, `${receiver.mostOpen()} at once`)
      const states = await Promise.all(ids.map(async (id) => (await test.logOf(id)).state))
      assert.deepEqual(new Set(states), new Set(['delivered']))
    })

    it('are left alone when ten in a row met trouble, then tried one at a time, and served again once they answer', async () => {
      receiver.react = () => 503
      const ids = await times(40, () => test.submitHook())
      await test.deliver()
      const first = receiver.received.length
      assert.ok(first >= 10 && first < 10 + AT_ONCE, `${first} attempts`)
      test.clock.advance(999)
      // A process that starts looks at every endpoint.
      await releaseDeliveries(test.database, test.clock.now())
      await test.deliver()
      assert.equal(receiver.received.length, first, 'left alone')
      test.clock.advance(60_000)
      await test.deliver()
      assert.equal(receiver.received.length, first + 1, 'one')
      receiver.react = () => 200
      test.clock.advance(60_000)
      await test.deliver()
      const states = await Promise.all(ids.map(async (id) => (await test.logOf(id)).state))
      assert.deepEqual(new Set(states), new Set(['delivered']))
    })

    it('are not spoiled for one account by another’s failures at the same host', async () => {
      receiver.react = ({ path }) => (path === '/bad' ? 500 : 200)
      await times(40, () => test.submitHook(`http://${receiver.host}/bad`))
      await test.deliver()
      const stranger = await test.makeKey({ mode: 'test', accountId: await test.makeAccount(0) })
      await test.submitHook(receiver.url, stranger)
      await test.deliver()
      assert.equal(receiver.received.at(-1)?.path, '/hook')
    })

    it('get a webhook that is under way from no other node, and again when it is given back', async () => {
      receiver.react = () => null
      const id = await test.submitHook()
      const node = test.createNode({ timeoutMs: 60_000 })
      await node.claim()
      await receiver.until(1)
      test.clock.advance(29_999)
      await test.deliver(test.createNode())
      assert.equal(receiver.received.length, 1)
      assert.equal((await test.logOf(id)).next_attempt_at, null)
      node.abort()
      await node.idle()
      receiver.react = () => 200
      await test.deliver()
      const { state, attempt_count: count } = await test.logOf(id)
      assert.deepEqual([state, count], ['delivered', 1], 'what was broken off is given back and counts for nothing')
    })

    it('get it from another node when the lease of one ends, whose late answer changes nothing', async () => {
      let finish = () => {}
      receiver.react = (_received, response) => {
        finish = () => response.writeHead(500).end()
        return null
      }
      const id = await test.submitHook()
      const slow = test.createNode({ timeoutMs: 60_000 })
      await slow.claim()
      await receiver.until(1)
      test.clock.advance(30_000)
      const late = finish
      receiver.react = () => 200
      await test.deliver(test.createNode())
      assert.equal((await test.logOf(id)).state, 'delivered')
      late()
      await slow.idle()
      const { state, attempt_count: count, last_status: status } = await test.logOf(id)
      assert.deepEqual([state, count, status], ['delivered', 1, 200])
    })

    it('cost one look while they have all they may, although an older lease has ended', async () => {
      receiver.react = () => null
      await times(AT_ONCE + 1, () => test.submitHook())
      const [first, second] = [test.createNode({ timeoutMs: 60_000 }), test.createNode({ timeoutMs: 60_000 })]
      await first.claim()
      test.clock.advance(30_000)
      assert.deepEqual([await second.claim(), await second.claim()], [1, 0])
      for (const node of [first, second]) {
        node.abort()
        await node.idle()
      }
    })
  })
}
