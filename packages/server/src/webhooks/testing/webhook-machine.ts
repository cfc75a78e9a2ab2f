import assert from 'node:assert/strict'
import { pino } from 'pino'
import type { Database } from '../../database/database.ts'
import { toOutput } from '../../http/output.ts'
import { parseAllowedPrivate } from '../../network/address-rules.ts'
import { createSafePost, type SafePost } from '../../network/safe-post.ts'
import type { DatabaseKind } from '../../testing/databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type AttemptLimits, createDispatcher, type Dispatcher } from '../dispatcher.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** The app, with a receiver its webhooks may be sent to. */
export interface WebhookMachine extends TestApp {
  receiver: Receiver
  /** Starts another receiver, which is another endpoint. */
  addReceiver(): Promise<Receiver>
  /** Submits in the sandbox, which ends at once, and answers the request's id. */
  submitHook(url?: string, key?: string): Promise<string>
  /** Makes every attempt that is due at this moment of the clock. */
  deliver(dispatcher?: Dispatcher): Promise<void>
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire holds
  logOf(requestId: string): Promise<any>
  /** A further node's dispatcher. */
  createNode(options?: { database?: Database; timeoutMs?: number; post?: SafePost; limits?: AttemptLimits }): Dispatcher
  /** Closes everything after an audit that must be clean. */
  auditAndClose(): Promise<void>
}

const silent = pino({ level: 'silent' })

/** Builds a {@link WebhookMachine}. */
export async function createWebhookMachine(kind: DatabaseKind): Promise<WebhookMachine> {
  const test = await createTestApp(kind, { environment: { CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } })
  const receivers: Receiver[] = []
  const addReceiver = async () => {
    const receiver = await startReceiver()
    receivers.push(receiver)
    return receiver
  }
  const receiver = await addReceiver()
  const post = createSafePost(parseAllowedPrivate('127.0.0.1'))
  let nodes = 0
  return {
    ...test,
    receiver,
    addReceiver,
    async submitHook(url = receiver.url, key = test.testKey) {
      const { status, body } = await test.call('POST', '/v1/models/canvas-1', {
        key,
        body: { input: { prompt: 'x' }, webhook_url: url },
      })
      assert.equal(status, 200, JSON.stringify(body))
      return body.request_id
    },
    async deliver(dispatcher = test.app.dispatcher) {
      while ((await dispatcher.claim()) > 0) await dispatcher.idle()
    },
    async logOf(requestId) {
      const { status, body } = await test.call('GET', `/v1/requests/${requestId}/deliveries`, { key: test.testKey })
      assert.equal(status, 200, JSON.stringify(body))
      assert.equal(body.data.length, 1)
      return body.data[0]
    },
    createNode({ limits, ...options } = {}) {
      nodes += 1
      const { services } = test.app
      return createDispatcher(
        {
          ...services,
          log: silent,
          post,
          timeoutMs: 10_000,
          toOutput: (output) => toOutput(output, services.mediaUrl()),
          ...options,
        },
        `node-${nodes}`,
        () => {},
        limits,
      )
    },
    async auditAndClose() {
      try {
        assert.deepEqual(await test.audit(), [], 'the audit is clean')
      } finally {
        await Promise.all(receivers.map((each) => each.close()))
        await test.close()
      }
    },
  }
}
