import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Mode } from '@clipia/contract'
import { Webhook } from 'standardwebhooks'
import { NO_PRIVATE } from '../network/address-rules.ts'
import { createSafePost } from '../network/safe-post.ts'
import { DATABASES } from '../testing/databases.ts'
import { getSecrets } from './get-secrets.ts'
import { promoteSecret, rotateSecret } from './rotate-secret.ts'
import type { Received, Receiver } from './testing/receiver.ts'
import { createWebhookMachine, type WebhookMachine } from './testing/webhook-machine.ts'

/** The check a receiver makes, by what the contract says and nothing of ours. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const [t, v1] = String(headers['x-clipia-signature']).split(',')
  assert.equal(t, `t=${headers['x-clipia-timestamp']}`)
  return (
    v1 ===
    `v1=${createHmac('sha256', secret)
      .update(`${t?.slice(2)}.${body}`)
      .digest('hex')}`
  )
}

/** The same by an independent implementation of Standard Webhooks. */
function isStandardSigned({ headers, body }: Received, secret: string): boolean {
  const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000)
  const signature = new Webhook(secret).sign(String(headers['webhook-id']), sentAt, body)
  return String(headers['webhook-signature']).split(' ').includes(signature)
}

for (const kind of DATABASES) {
  describe(`delivering webhooks on ${kind.name}`, () => {
    let test: WebhookMachine
    let receiver: Receiver
    beforeEach(async () => {
      test = await createWebhookMachine(kind)
      receiver = test.receiver
    })
    afterEach(() => test.auditAndClose())

    const secretsOf = (mode: Mode) => getSecrets(test.app.services, { accountId: test.accountId, mode })

    it('has its secret since the submit, before there is anything to sign', async () => {
      const count = async () =>
        (await test.database.read<{ n: number }>('SELECT count(*) AS n FROM webhook_secrets'))[0]?.n
      await test.call('POST', '/v1/models/canvas-1', { key: test.testKey, body: { input: { prompt: 'x' } } })
      assert.equal(await count(), 0)
      await test.submitHook()
      await test.submitHook()
      assert.equal(await count(), 1)
    })

    it('tells a receiver once of a completed request, as the result is read', async () => {
      const id = await test.submitHook()
      await test.deliver()
      await test.deliver()
      const [received, ...repeats] = receiver.received
      assert.deepEqual(repeats, [])
      const { body: result } = await test.call('GET', `/v1/requests/${id}`, { key: test.testKey })
      const payload = { model: 'canvas-1', output: result.output, cost: result.cost }
      assert.deepEqual(received?.json, { request_id: id, status: 'OK', payload, mode: 'test' })
      assert.match(String(received?.headers['content-type']), /^application\/json/)
      assert.match(String(received?.headers['user-agent']), /^Clipia\//)
      const log = await test.logOf(id)
      assert.equal(received?.headers['x-clipia-webhook-id'], log.delivery_id)
      const { attempts, created_at: createdAt, completed_at: completedAt, ...rest } = log
      const { delivery_id: _, ...state } = rest
      assert.deepEqual(state, {
        request_id: id,
        url: receiver.url,
        state: 'delivered',
        attempt_count: 1,
        last_status: 200,
        last_error: null,
        next_attempt_at: null,
      })
      assert.equal(createdAt, completedAt)
      // A private receiver's words are nobody's business.
      assert.deepEqual(attempts, [
        { number: 1, started_at: createdAt, latency_ms: 0, status: 200, error: null, response: null },
      ])
    })

    it('signs by both schemes with the secret of the mode, which is not that of the other', async () => {
      await test.submitHook()
      await test.deliver()
      const [received] = receiver.received
      assert.ok(received)
      const { current } = await secretsOf('test')
      assert.ok(isSigned(received, current) && isStandardSigned(received, current))
      const { current: live } = await secretsOf('live')
      assert.ok(!isSigned(received, live) && !isStandardSigned(received, live))
    })

    it('tells of a canceled live request, signed with the live secret', async () => {
      const id = await test.submitHook(receiver.url, test.liveKey)
      await test.deliver()
      assert.equal(receiver.received.length, 0)
      await test.call('POST', `/v1/requests/${id}/cancel`)
      await test.deliver()
      const [received] = receiver.received
      assert.ok(received)
      const error = { code: 'CANCELED', message: 'The request was canceled.' }
      assert.deepEqual(received.json, { request_id: id, status: 'ERROR', error, mode: 'live' })
      assert.ok(isSigned(received, (await secretsOf('live')).current))
    })

    it('carries both signatures during a rotation, in the header that may', async () => {
      const owner = { accountId: test.accountId, mode: 'test' } as const
      const { current, next } = await rotateSecret(test.app.services, owner)
      assert.ok(next)
      await test.submitHook()
      await test.deliver()
      await promoteSecret(test.app.services, owner)
      await test.submitHook()
      await test.deliver()
      const [during, after] = receiver.received
      assert.ok(during && after)
      assert.deepEqual([isSigned(during, current), isSigned(during, next)], [true, false])
      assert.deepEqual([isStandardSigned(during, current), isStandardSigned(during, next)], [true, true])
      assert.deepEqual([isSigned(after, current), isSigned(after, next)], [false, true])
      assert.deepEqual([isStandardSigned(after, current), isStandardSigned(after, next)], [false, true])
    })

    it('tries six times in all, at once and after about 5 s, 30 s, 5 min, 30 min, 2 h, and then gives up', async () => {
      receiver.react = () => 500
      const id = await test.submitHook()
      await test.deliver()
      for (const waitMs of [5_000, 30_000, 300_000, 1_800_000, 7_200_000]) {
        const count = receiver.received.length
        const { next_attempt_at: next, state, last_error: error } = await test.logOf(id)
        assert.deepEqual([state, error], ['pending', 'it answered with status 500'])
        const left = Date.parse(next) - test.clock.now()
        assert.ok(left >= waitMs * 0.9 && left <= waitMs * 1.1, `${left} for ${waitMs}`)
        test.clock.advance(left - 1)
        await test.deliver()
        assert.equal(receiver.received.length, count, 'no earlier')
        test.clock.advance(1)
        await test.deliver()
        assert.equal(receiver.received.length, count + 1)
      }
      const log = await test.logOf(id)
      assert.deepEqual([log.state, log.attempt_count, log.next_attempt_at], ['dead', 6, null])
      assert.ok(log.attempts.every((attempt: { status: number }) => attempt.status === 500))
      test.clock.advance(100 * 3_600_000)
      await test.deliver()
      assert.equal(receiver.received.length, 6)
      const ids = receiver.received.map(({ headers }) => headers['x-clipia-webhook-id'])
      assert.deepEqual(new Set(ids), new Set([log.delivery_id]))
      assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1)
      assert.equal(new Set(receiver.received.map(({ headers }) => headers['x-clipia-signature'])).size, 6)
    })

    it('stops trying once it is taken', async () => {
      receiver.react = () => (receiver.received.length < 3 ? 503 : 204)
      const id = await test.submitHook()
      for (let round = 0; round < 4; round += 1) {
        await test.deliver()
        test.clock.advance(10 * 3_600_000)
      }
      const { state, attempts } = await test.logOf(id)
      assert.equal(state, 'delivered')
      assert.deepEqual(
        attempts.map(({ status }: { status: number }) => status),
        [503, 503, 204],
      )
    })

    it('ends at 410 and takes a redirect for a failure that is not followed', async () => {
      const other = await test.addReceiver()
      receiver.react = () => 410
      const gone = await test.submitHook()
      const moved = await test.submitHook(`${other.url}/moved`)
      other.react = (received, response) => {
        if (received.path !== '/hook/moved') return 200
        response.setHeader('location', '/hook')
        return 308
      }
      await test.deliver()
      assert.deepEqual([(await test.logOf(gone)).state, (await test.logOf(gone)).attempt_count], ['dead', 1])
      const log = await test.logOf(moved)
      assert.equal(log.state, 'pending')
      assert.match(log.last_error, /308.*not followed/)
      assert.equal(other.received.length, 1)
    })

    it('wakes the dispatcher by the commit, of a sandbox submit as of an end', async () => {
      let woken = 0
      test.app.onDelivery(() => {
        woken += 1
      })
      await test.submit('canvas-1', { prompt: 'x' }, { key: test.testKey })
      assert.equal(woken, 0, 'nobody asked for a webhook')
      await test.submitHook()
      assert.equal(woken, 1)
      const id = await test.submitHook(receiver.url, test.liveKey)
      assert.equal(woken, 1)
      await test.call('POST', `/v1/requests/${id}/cancel`)
      assert.equal(woken, 2)
    })

    it('refuses a private target when it is dialled, and says no more than that', async () => {
      const strict = test.createNode({ post: createSafePost(NO_PRIVATE) })
      const id = await test.submitHook()
      await test.deliver(strict)
      const { state, attempts } = await test.logOf(id)
      assert.equal(state, 'pending')
      assert.deepEqual([attempts[0].status, attempts[0].response], [null, null])
      assert.match(attempts[0].error, /private/)
      assert.equal(receiver.received.length, 0)
    })
  })
}
