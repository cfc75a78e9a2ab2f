import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Api, createApi, modelPath, submit } from './testing/api.ts'
import { assertAuditClean } from './testing/books.ts'
import { createKey } from './testing/create-account.ts'
import { POSTGRESQL } from './testing/databases.ts'
import { readEvents } from './testing/read-events.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireStatus } from './testing/wire.ts'

describe('waiting over two nodes on PostgreSQL', () => {
  let nodes: [Clipia, Clipia]
  let key: string
  let apis: [Api, Api]
  let dispose: () => Promise<void>

  before(async () => {
    const prepared = await POSTGRESQL.prepare()
    dispose = prepared.dispose
    const options = { environment: prepared.environment, dataDir: join(scratchFolder('waiting'), 'data') }
    const first = await startClipia(options)
    nodes = [first, await startClipia(options)]
    const { account_id: accountId } = (await first.live.get('/v1/account')).json<{ account_id: string }>()
    // With one slot, all but the first wait in the queue, where a cancel ends them on the node that is asked.
    key = (await createKey(first, accountId, '--mode', 'test', '--concurrency', '1', '--scenario', 'slow')).key
    apis = [createApi(nodes[0].url, key), createApi(nodes[1].url, key)]
  })
  after(async () => {
    await assertAuditClean(nodes[1])
    assert.equal(await nodes[1].stop(), 0)
    await dispose()
  })

  const queue = async (api: Api) => (await submit(api, 'canvas-1', { prompt: 'x' })).request_id
  const end = async (api: Api, id: string) => {
    const answer = await api.post(`/v1/requests/${id}/cancel`, {})
    assert.ok(answer.status === 200 || answer.status === 202, answer.text)
  }

  test('a held answer and a stream on one node tell of the end that was made on the other', async (context) => {
    const [here, there] = apis
    await queue(here)
    const id = await queue(here)
    const held = here.get(`/v1/requests/${id}/status?wait=30`)
    const events = readEvents(`${nodes[0].url}/v1/requests/${id}/events`, key)
    const first = await events.next()
    assert.equal(JSON.parse(first.value?.data ?? '').status, 'IN_QUEUE')
    const startedAt = performance.now()
    await end(there, id)
    const told = await events.next()
    context.diagnostic(`told after ${Math.round(performance.now() - startedAt)} ms`)
    assert.equal(JSON.parse(told.value?.data ?? '').status, 'CANCELED')
    assert.ok((await events.next()).done, 'the stream ends with the request')
    assert.equal((await held).json<WireStatus>().status, 'CANCELED')
  })

  test('Prefer: wait holds a submit on one node until its request ended on whichever node', async () => {
    const headers = { prefer: 'wait=30', 'clipia-sandbox-scenario': 'reject' }
    const answer = await apis[0].post(modelPath('canvas-1'), { input: { prompt: 'x' } }, headers)
    const body = answer.json<{ status: string; error: { code: string } }>()
    assert.deepEqual([body.status, body.error.code], ['FAILED', 'CONTENT_REJECTED'])
    assert.equal(answer.headers.get('preference-applied'), 'wait=30')
  })

  test('a stream of webhooks survives its node: resumed on the other it has skipped nothing', async () => {
    const [here, there] = apis
    await queue(here)
    const events = readEvents(`${nodes[0].url}/v1/webhooks/events`, key)
    assert.equal((await events.next()).value?.event, 'ready')
    const seen = await queue(here)
    await end(there, seen)
    const first = (await events.next()).value
    assert.equal(JSON.parse(JSON.parse(first?.data ?? '').body).request_id, seen)

    const stopped = nodes[0].stop()
    assert.ok((await events.next()).done, 'a draining node ends its streams')
    assert.equal(await stopped, 0, 'and is not held up by them')
    const missed = [await queue(there), await queue(there)]
    for (const id of missed) await end(there, id)

    const resume = { lastEventId: String(first?.id), signal: AbortSignal.timeout(30_000) }
    const resumed = readEvents(`${nodes[1].url}/v1/webhooks/events`, key, resume)
    assert.equal((await resumed.next()).value?.event, 'ready')
    const told = new Set<string>()
    while (!missed.every((id) => told.has(id))) {
      const { value } = await resumed.next()
      told.add(JSON.parse(JSON.parse(value?.data ?? '').body).request_id)
    }
    await resumed.return(undefined)
  })
})
