import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Api, assertError, createApi, modelPath, untilOver } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { DATABASES } from './testing/databases.ts'
import { areSignaturesRight, type Receiver, startReceiver } from './testing/receiver.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { startOn } from './testing/start-on.ts'
import { waitFor } from './testing/wait-for.ts'
import type { WireAccount, WireSubmitted } from './testing/wire.ts'

/** What a proxy of the environment would make impossible. */
const SETTINGS = {
  CLIPIA_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
  HTTP_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  NODE_USE_ENV_PROXY: '1',
}

interface WireDelivery {
  delivery_id: string
  request_id: string
  state: string
  attempt_count: number
  last_error: string | null
  attempts: { status: number | null; latency_ms: number; error: string | null }[]
}

async function submitHook(api: Api, url: string): Promise<string> {
  const answer = await api.post(modelPath('canvas-1'), { input: { prompt: 'Tell me' }, webhook_url: url })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<WireSubmitted>().request_id
}

async function deliveryOf(api: Api, requestId: string): Promise<WireDelivery | undefined> {
  const answer = await api.get(`/v1/requests/${requestId}/deliveries`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ data: WireDelivery[] }>().data[0]
}

function untilState(api: Api, requestId: string, state: string): Promise<WireDelivery> {
  return waitFor(`a webhook that is ${state}`, async () => {
    const delivery = await deliveryOf(api, requestId)
    return delivery?.state === state ? delivery : undefined
  })
}

async function secretOf(clipia: Clipia, mode: string): Promise<string> {
  const { account_id: account } = (await clipia.live.get('/v1/account')).json<WireAccount>()
  const flags = ['--account', account, '--mode', mode]
  return (await clipia.adminJson<{ secret: string }>('webhooks', 'secret', ...flags)).secret
}

// Side by side: most of the time they wait for time-outs and later attempts.
describe('webhooks', { concurrency: true }, () => {
  for (const database of DATABASES) {
    describe(`on ${database.name}`, { concurrency: false }, () => {
      let clipia: Clipia
      let receiver: Receiver
      let stop = async () => {}
      before(async () => {
        receiver = await startReceiver()
        ;({ clipia, stop } = await startOn(database, SETTINGS))
      })
      after(() => stop())

      test('a request tells of its end, signed with the secret of its mode', async (context) => {
        for (const [mode, api] of [
          ['live', clipia.live],
          ['test', clipia.test],
        ] as const) {
          receiver.received.length = 0
          const id = await submitHook(api, receiver.url)
          const result = await untilOver(api, id)
          await untilState(api, id, 'delivered')
          const [received, ...more] = receiver.received
          assert.ok(received !== undefined && more.length === 0)
          const { model, output, cost } = result
          assert.deepEqual(JSON.parse(received.body), {
            request_id: id,
            status: 'OK',
            payload: { model, output, cost },
            mode,
          })
          assert.ok(areSignaturesRight(received, await secretOf(clipia, mode)))
          assert.ok(!areSignaturesRight(received, await secretOf(clipia, mode === 'live' ? 'test' : 'live')))
          context.diagnostic(`${mode}: ${received.atMs - Date.parse(result.completed_at ?? '')} ms after its end`)
        }
      })

      test('a receiver that hangs is given 10 seconds and delays no other', async () => {
        const stuck = await startReceiver()
        stuck.react = () => {}
        const hanging: string[] = []
        for (let index = 0; index < 12; index += 1) hanging.push(await submitHook(clipia.test, stuck.url))
        await waitFor('the attempts that hang', () => (stuck.received.length >= 8 ? true : undefined))
        const id = await submitHook(clipia.test, receiver.url)
        await untilState(clipia.test, id, 'delivered')
        const early = await deliveryOf(clipia.test, hanging[0] ?? '')
        assert.equal(early?.attempt_count, 0, 'the other was delivered while this one hung')
        const timedOut = await waitFor('the time-out', async () => {
          const delivery = await deliveryOf(clipia.test, hanging[0] ?? '')
          return delivery?.attempt_count === 1 ? delivery : undefined
        })
        const [attempt] = timedOut.attempts
        assert.equal(attempt?.error, 'it did not answer in time')
        assert.ok(attempt.latency_ms >= 9_900, `${attempt.latency_ms} ms`)
        stuck.react = (response) => response.end()
      })

      test('a failed attempt is made again after about 5 seconds, and a dead webhook on request', async () => {
        const flaky = await startReceiver()
        flaky.react = (response) => response.writeHead(flaky.received.length === 1 ? 503 : 410).end()
        const id = await submitHook(clipia.test, flaky.url)
        const dead = await untilState(clipia.test, id, 'dead')
        assert.deepEqual(
          dead.attempts.map(({ status }) => status),
          [503, 410],
        )
        const [first, second] = flaky.received
        const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0)
        assert.ok(waitedMs >= 4_400, `${waitedMs} ms`)
        assert.equal(first?.headers['x-clipia-webhook-id'], second?.headers['x-clipia-webhook-id'])
        flaky.react = (response) => response.writeHead(204).end()
        const again = await clipia.test.post(`/v1/deliveries/${dead.delivery_id}/redeliver`, {})
        assert.equal(again.status, 202, again.text)
        assert.equal((await untilState(clipia.test, id, 'delivered')).attempt_count, 3)
        await assertAuditClean(clipia)
      })
    })
  }
})

test('a webhook whose server was killed while it was sent is sent again, with the same id', async () => {
  const receiver = await startReceiver()
  receiver.react = () => {}
  const first = await startClipia({ environment: SETTINGS })
  const id = await submitHook(first.test, receiver.url)
  await waitFor('the first attempt', () => (receiver.received.length > 0 ? true : undefined))
  await first.kill()
  receiver.react = (response) => response.end()
  const second = await startClipia({ environment: SETTINGS, dataDir: first.dataDir })
  const api = createApi(second.url, first.testKey)
  await untilState(api, id, 'delivered')
  const [attempt, repeat] = receiver.received
  assert.equal(attempt?.body.replaceAll(first.url, ''), repeat?.body.replaceAll(second.url, ''))
  assert.equal(attempt?.headers['x-clipia-webhook-id'], repeat?.headers['x-clipia-webhook-id'])
  await assertAuditClean(second)
  assert.equal(await second.stop(), 0)
})

test('private targets are refused where the operator allows none, and a test event says what came of it', async () => {
  const receiver = await startReceiver()
  const strict = await startClipia()
  const refused = { input: { prompt: 'x' }, webhook_url: receiver.url }
  assertError(await strict.test.post(modelPath('canvas-1'), refused), 400, 'invalid_request', 'webhook_url')
  const { account_id: account } = (await strict.live.get('/v1/account')).json<WireAccount>()
  const flags = ['webhooks', 'test', '--account', account, '--mode', 'live', '--json', '--url', receiver.url]
  const denied = await strict.admin(...flags)
  assert.equal(denied.code, 1)
  assert.match(denied.stdout, /must not name a private address/)
  assert.equal(receiver.received.length, 0)
  assert.equal(await strict.stop(), 0)

  const open = await startClipia({ environment: SETTINGS, dataDir: strict.dataDir })
  const taken = await open.admin(...flags)
  assert.equal(taken.code, 0, taken.stdout + taken.stderr)
  const [received] = receiver.received
  assert.ok(received)
  const flagsOfSecret = ['--account', account, '--mode', 'live']
  const { secret } = await open.adminJson<{ secret: string }>('webhooks', 'secret', ...flagsOfSecret)
  assert.ok(areSignaturesRight(received, secret))
  const event = JSON.parse(taken.stdout)
  assert.deepEqual([event.ok, event.status, event.error], [true, 200, null])
  assert.equal(JSON.parse(received.body).request_id, event.request_id)
  receiver.react = (response) => response.writeHead(500).end()
  const failed = await open.admin(...flags)
  assert.deepEqual([failed.code, JSON.parse(failed.stdout).error], [1, 'it answered with status 500'])
  assert.equal(await open.stop(), 0)
})
