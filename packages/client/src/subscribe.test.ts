import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ClipiaApiError, ClipiaTimeoutError, createClient, type StatusResponse } from './index.ts'
import { onFastClock } from './testing/on-fast-clock.ts'
import { events, json, refusal, type Script, scriptedFetch, silence } from './testing/scripted-fetch.ts'

const SUBMITTED = { request_id: 'r-1', status: 'IN_QUEUE', queue_position: 2, cost: 1 }
const RESULT = { request_id: 'r-1', status: 'COMPLETED', output: { images: [] }, cost: 1 }
const input = { prompt: 'A cat' }

const statusOf = (status: string, progress = 0) => ({
  request_id: 'r-1',
  status,
  queue_position: null,
  progress,
  logs: [],
})
const event = (id: number, status: string, progress = 0) =>
  `event: status\nid: ${id}\ndata: ${JSON.stringify(statusOf(status, progress))}\n\n`

function clientOn(...steps: Script[]) {
  const { fetch, sent } = scriptedFetch(...steps)
  const clipia = createClient({ apiKey: 'clipia_test_0123456789abcdef', baseUrl: 'https://api.example.com', fetch })
  const seen: string[] = []
  const onQueueUpdate = ({ status, progress }: StatusResponse) => void seen.push(`${status} ${progress}`)
  const paths = () => sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
  return { clipia, sent, seen, paths, onQueueUpdate }
}

const SUBMIT = 'POST /v1/models/canvas-1'
const EVENTS = 'GET /v1/requests/r-1/events'
const STATUS = 'GET /v1/requests/r-1/status'
const READ = 'GET /v1/requests/r-1'

describe('subscribe with live events', () => {
  test('tells the id before it waits, every change, and answers the result', async () => {
    const stream = events(': hello\n\n', event(1, 'IN_PROGRESS', 40), event(2, 'COMPLETED', 100))
    const { clipia, seen, paths, onQueueUpdate } = clientOn(json(SUBMITTED), stream, json(RESULT))
    const kept: string[] = []
    const onSubmitted = async ({ request_id }: { request_id: string }) => {
      await Promise.resolve()
      kept.push(request_id, String(paths().length))
    }
    const result = await clipia.subscribe('canvas-1', { input, onSubmitted, onQueueUpdate })
    assert.deepEqual(result, { ...RESULT, pending: false })
    assert.deepEqual(kept, ['r-1', '1'], 'the id was kept before the second call')
    assert.deepEqual(seen, ['IN_QUEUE 0', 'IN_PROGRESS 40', 'COMPLETED 100'])
    assert.deepEqual(paths(), [SUBMIT, EVENTS, READ])
  })

  test('a stream that ends or breaks is taken up from its last event, and nothing is submitted again', async (t) => {
    const broken = new TypeError('fetch failed')
    const streams = [events(event(1, 'IN_PROGRESS', 10)), broken, events(event(2, 'FAILED'))]
    const failed = { ...RESULT, status: 'FAILED', error: { code: 'GENERATION_FAILED', message: 'No.' } }
    const { clipia, sent, paths } = clientOn(json(SUBMITTED), ...streams, json(failed))
    const { value } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.equal(value?.error?.code, 'GENERATION_FAILED', 'a generation that failed is a result')
    assert.deepEqual(paths(), [SUBMIT, EVENTS, EVENTS, EVENTS, READ])
    const ids = sent.map(({ headers }) => headers.get('last-event-id'))
    assert.deepEqual(ids, [null, null, '1', '1', null])
  })

  test('a server that has nothing more to tell (204) is asked for the status', async (t) => {
    const { clipia, paths } = clientOn(new Response(null, { status: 204 }), json(statusOf('COMPLETED')), json(RESULT))
    const { value } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input, requestId: 'r-1' }))
    assert.equal(value?.status, 'COMPLETED')
    assert.deepEqual(paths(), [EVENTS, STATUS, READ])
  })
})

describe('subscribe without live events', () => {
  test('polls where a server has none, as often as asked', async (t) => {
    const statuses = [statusOf('IN_QUEUE'), statusOf('IN_PROGRESS', 50), statusOf('COMPLETED', 100)]
    const { clipia, seen, paths, onQueueUpdate } = clientOn(
      json(SUBMITTED),
      refusal(404, 'not_found'),
      ...statuses.map((status) => json(status)),
      json(RESULT),
    )
    const options = { input, onQueueUpdate, pollIntervalMs: 3_000 }
    const { value, elapsedMs } = await onFastClock(t, () => clipia.subscribe('canvas-1', options))
    assert.equal(value?.pending, false)
    assert.deepEqual(seen, ['IN_QUEUE 0', 'IN_QUEUE 0', 'IN_PROGRESS 50', 'COMPLETED 100'])
    assert.deepEqual(paths(), [SUBMIT, EVENTS, STATUS, STATUS, STATUS, READ])
    assert.ok(elapsedMs >= 6_000 && elapsedMs < 6_500, `took ${elapsedMs} ms`)
  })

  test('polls when events fail four times in a row, and survives four failed polls in a row', async (t) => {
    const failures = (count: number) => Array.from({ length: count }, () => refusal(502, 'bad_gateway'))
    const { clipia, paths } = clientOn(
      json(SUBMITTED),
      ...failures(5),
      ...failures(4),
      json(statusOf('IN_PROGRESS')),
      ...failures(4),
      json(statusOf('COMPLETED')),
      ...failures(4),
      json(RESULT),
    )
    const { value } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.equal(value?.status, 'COMPLETED')
    assert.equal(paths().filter((path) => path === SUBMIT).length, 1)
  })

  test('a fifth failed poll in a row is thrown with the id of the generation, which goes on', async (t) => {
    const failures = Array.from({ length: 5 }, () => refusal(503, 'service_unavailable'))
    const { clipia } = clientOn(json(SUBMITTED), refusal(404, 'not_found'), ...failures)
    const { error } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.ok(error instanceof ClipiaApiError)
    assert.deepEqual([error.status, error.generationId], [503, 'r-1'])
  })

  test('a poll waits as long as the server asks, within the bound of the whole wait', async (t) => {
    const busy = refusal(429, 'rate_limit_exceeded', { 'retry-after': '200' })
    const { clipia } = clientOn(refusal(404, 'not_found'), busy, json(statusOf('COMPLETED')), json(RESULT))
    const { value, elapsedMs } = await onFastClock(t, () => clipia.queue.wait('r-1'))
    assert.equal(value?.status, 'COMPLETED')
    assert.ok(elapsedMs >= 200_000 && elapsedMs < 201_000, `took ${elapsedMs} ms`)
  })

  test('an unknown request is an error, not a wait', async () => {
    const { clipia } = clientOn(refusal(404, 'not_found'), refusal(404, 'not_found'))
    await assert.rejects(clipia.subscribe('canvas-1', { input, requestId: 'r-1' }), { code: 'not_found' })
  })

  test('a result that lags behind its status is waited for', async (t) => {
    const stream = events(event(2, 'COMPLETED', 100))
    const { clipia } = clientOn(json(SUBMITTED), stream, json({ ...RESULT, status: 'IN_PROGRESS' }, 202), json(RESULT))
    const { value } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.deepEqual([value?.status, value?.pending], ['COMPLETED', false])
  })
})

describe('what subscribe is bounded by', () => {
  test('ten minutes unless told otherwise; the error names the generation, and its id resumes it', async (t) => {
    const { clipia, paths } = clientOn(json(SUBMITTED), silence, ...Array(20).fill(silence))
    const { error, elapsedMs } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.ok(error instanceof ClipiaTimeoutError && error instanceof ClipiaApiError)
    const { status, code, type, generationId, requestId } = error
    assert.deepEqual([status, code, type], [0, 'subscribe_timeout', 'timeout_error'])
    assert.deepEqual([generationId, requestId], ['r-1', 'r-1'])
    assert.ok(elapsedMs >= 600_000 && elapsedMs < 601_000, `took ${elapsedMs} ms`)
    assert.equal(paths().filter((path) => path === SUBMIT).length, 1)

    const resumed = clientOn(events(event(9, 'COMPLETED')), json(RESULT))
    const result = await resumed.clipia.queue.wait(error.generationId ?? '')
    assert.equal(result.status, 'COMPLETED')
    assert.deepEqual(resumed.paths(), [EVENTS, READ], 'nothing is submitted')
  })

  test('a stream that falls silent is left for another', async (t) => {
    const dead = new Response(new ReadableStream({}), { headers: { 'content-type': 'text/event-stream' } })
    const { clipia, paths } = clientOn(json(SUBMITTED), dead, events(event(1, 'COMPLETED')), json(RESULT))
    const { value, elapsedMs } = await onFastClock(t, () => clipia.subscribe('canvas-1', { input }))
    assert.equal(value?.status, 'COMPLETED')
    assert.deepEqual(paths(), [SUBMIT, EVENTS, EVENTS, READ])
    assert.ok(elapsedMs >= 60_000 && elapsedMs < 62_000, `took ${elapsedMs} ms`)
  })

  test('the caller can stop waiting at any time, with a reason of its own', async () => {
    const controller = new AbortController()
    const { clipia } = clientOn(json(SUBMITTED), (_call, signal) => {
      setImmediate(() => controller.abort('enough'))
      return silence(_call, signal)
    })
    const call = clipia.subscribe('canvas-1', { input, signal: controller.signal })
    await assert.rejects(call, (error: unknown) => error === 'enough')
  })
})

test('a sandbox answer that is over already is not waited for', async () => {
  const { clipia, seen, paths, onQueueUpdate } = clientOn(json({ ...SUBMITTED, status: 'COMPLETED' }), json(RESULT))
  await clipia.subscribe('canvas-1', { input, onQueueUpdate })
  assert.deepEqual(seen, ['COMPLETED 100'])
  assert.deepEqual(paths(), [SUBMIT, READ])
})
