import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ClipiaApiError, ClipiaConnectionError, createClient } from './index.ts'
import { onFastClock } from './testing/on-fast-clock.ts'
import { json, refusal, type Script, scriptedFetch, silence } from './testing/scripted-fetch.ts'

const KEY = 'clipia_test_0123456789abcdef'
const SUBMITTED = { request_id: 'r-1', status: 'IN_QUEUE', queue_position: 0, cost: 1 }

function clientOn(...steps: Script[]) {
  const { fetch, sent } = scriptedFetch(...steps)
  return { clipia: createClient({ apiKey: KEY, baseUrl: 'https://api.example.com/', fetch }), fetch, sent }
}

describe('what is sent', () => {
  test('a submit: percent-encoded slug, Bearer, User-Agent, a UUID as Idempotency-Key, the body in snake case', async () => {
    const { clipia, sent } = clientOn(json(SUBMITTED))
    const input = { prompt: 'A cat' }
    const options = { input, webhookUrl: 'https://example.com/hook', maxCost: 3, quote: 'q' }
    assert.deepEqual(await clipia.queue.submit('google/imagen4', options), SUBMITTED)
    const [{ method, url, headers, body } = assert.fail()] = sent
    assert.deepEqual([method, url], ['POST', 'https://api.example.com/v1/models/google%2Fimagen4'])
    assert.equal(headers.get('authorization'), `Bearer ${KEY}`)
    assert.match(headers.get('user-agent') ?? '', /^clipia-js\/\d+\.\d+\.\d+$/)
    assert.match(headers.get('idempotency-key') ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f-]{16}$/)
    assert.deepEqual(JSON.parse(body ?? ''), {
      input,
      webhook_url: 'https://example.com/hook',
      quote: 'q',
      max_cost: 3,
    })
  })

  test('an estimate, the catalogue with filters, and an id that needs encoding', async () => {
    const { clipia, sent } = clientOn(json({ credits: 4 }), json({ data: [] }), json({}), json({}))
    await clipia.models.estimate('canvas-1', { prompt: 'x' })
    await clipia.models.list({ type: 'video', capability: 'text-to-video' })
    await clipia.models.list(new AbortController().signal)
    await clipia.queue.status('a/b ?', { waitSeconds: 5 })
    assert.deepEqual(
      sent.map(({ method, url, body }) => [method, url.replace('https://api.example.com', ''), body]),
      [
        ['POST', '/v1/models/canvas-1/estimate', '{"input":{"prompt":"x"}}'],
        ['GET', '/v1/models?type=video&capability=text-to-video', undefined],
        ['GET', '/v1/models', undefined],
        ['GET', '/v1/requests/a%2Fb%20%3F/status?wait=5', undefined],
      ],
    )
  })

  test('a result is pending exactly when the answer is 202', async () => {
    const { clipia } = clientOn(json({ status: 'IN_PROGRESS' }, 202), json({ status: 'COMPLETED' }))
    assert.deepEqual(await clipia.queue.result('r-1'), { status: 'IN_PROGRESS', pending: true })
    assert.deepEqual(await clipia.queue.result('r-1'), { status: 'COMPLETED', pending: false })
  })

  test('an input that is no object is refused before anything is sent', async () => {
    const { clipia, sent } = clientOn()
    const input = 'A cat' as unknown as { prompt: string }
    await assert.rejects(clipia.queue.submit('canvas-1', { input }), { name: 'TypeError', message: /input/ })
    await assert.rejects(clipia.models.estimate('canvas-1', input), { name: 'TypeError', message: /input/ })
    assert.deepEqual(sent, [])
  })
})

describe('trying again', () => {
  test('a submit that fails on its way is sent again with the same Idempotency-Key and body', async (t) => {
    const broken = new TypeError('fetch failed', { cause: new Error('socket hang up') })
    const { clipia, sent } = clientOn(broken, refusal(503, 'service_unavailable'), json(SUBMITTED))
    const { value } = await onFastClock(t, () => clipia.queue.submit('canvas-1', { input: {} }))
    assert.deepEqual(value, SUBMITTED)
    assert.equal(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size, 1)
    assert.equal(new Set(sent.map(({ body }) => body)).size, 1)
    assert.equal(sent.length, 3)
  })

  test('the server says how long to wait, and a wait beyond a minute is left to the caller', async (t) => {
    const once = clientOn(refusal(429, 'rate_limit_exceeded', { 'retry-after': '7' }), json({}))
    const { elapsedMs } = await onFastClock(t, () => once.clipia.account.get())
    assert.ok(elapsedMs >= 7_000 && elapsedMs < 7_500, `waited ${elapsedMs} ms`)
    const long = clientOn(refusal(429, 'rate_limit_exceeded', { 'retry-after': '61' }))
    await assert.rejects(long.clipia.account.get(), { status: 429, retryAfterMs: 61_000 })
  })

  test('a twin that is still being written is waited for; any other conflict is final', async (t) => {
    const twin = clientOn(refusal(409, 'request_in_progress', { 'retry-after': '1' }), json(SUBMITTED))
    const { value } = await onFastClock(t, () => twin.clipia.queue.submit('canvas-1', { input: {} }))
    assert.deepEqual(value, SUBMITTED)
    const reuse = clientOn(refusal(409, 'idempotency_key_reuse'))
    await assert.rejects(reuse.clipia.queue.submit('canvas-1', { input: {} }), { code: 'idempotency_key_reuse' })
  })

  test('it ends after maxRetries, and what cannot get better is tried once', async (t) => {
    const { clipia, sent } = clientOn(...[1, 2, 3].map(() => refusal(500, 'internal_error')))
    const { error } = await onFastClock(t, () => clipia.account.get())
    assert.ok(error instanceof ClipiaApiError && error.status === 500)
    assert.equal(sent.length, 3)
    const { fetch, sent: never } = scriptedFetch(refusal(503, 'service_unavailable'))
    const patient = createClient({ apiKey: KEY, fetch, maxRetries: 0 })
    await assert.rejects(patient.account.get(), { status: 503 })
    assert.equal(never.length, 1)
    for (const status of [400, 401, 402, 403, 404, 422]) {
      const once = clientOn(refusal(status, 'some_code'))
      await assert.rejects(once.clipia.account.get(), { status, code: 'some_code', message: 'It says some_code.' })
    }
  })
})

describe('errors', () => {
  test('hold status, code, type, field, ids and the wait the server asks for', async () => {
    const body = { error: { type: 'rate_limit_error', code: 'rate_limit_exceeded', message: 'Slow.', param: 'x' } }
    const { clipia } = clientOn(json(body, 429, { 'retry-after': '90', 'x-request-id': 'q-1' }))
    await assert.rejects(clipia.queue.status('r-9'), (error) => {
      assert.ok(error instanceof ClipiaApiError && error instanceof Error)
      const { name, status, code, type, message, param, requestId, generationId, retryAfterMs } = error
      assert.deepEqual(
        { name, status, code, type, message, param, requestId, generationId, retryAfterMs },
        {
          name: 'ClipiaApiError',
          status: 429,
          code: 'rate_limit_exceeded',
          type: 'rate_limit_error',
          message: 'Slow.',
          param: 'x',
          requestId: 'q-1',
          generationId: 'r-9',
          retryAfterMs: 90_000,
        },
      )
      return true
    })
  })

  test('an answer that is none of the API is told apart', async () => {
    const html = () => new Response('<html>Bad gateway</html>', { status: 400 })
    const { clipia } = clientOn(html(), new Response('<html>Welcome</html>'))
    await assert.rejects(clipia.account.get(), { status: 400, code: 'unknown_error' })
    await assert.rejects(clipia.account.get(), { status: 200, code: 'invalid_answer', message: /baseUrl/ })
  })

  test('no answer in time is a connection error, and neither key nor URL is in it', async (t) => {
    const { clipia } = clientOn(silence, silence, silence)
    const { error, elapsedMs } = await onFastClock(t, () => clipia.account.get({ timeoutMs: 5_000 }))
    assert.ok(error instanceof ClipiaConnectionError && error instanceof ClipiaApiError)
    assert.deepEqual([error.status, error.code, error.type], [0, 'network_error', 'connection_error'])
    assert.ok(elapsedMs >= 15_000 && elapsedMs < 20_000, `took ${elapsedMs} ms`)
    assert.doesNotMatch(`${error.message}${error.stack}`, /clipia_test_|api\.example\.com/)
  })
})

describe('aborting', () => {
  test('an abort is passed on as it is, at once, and nothing is tried again', async (t) => {
    const { clipia, sent } = clientOn(silence, refusal(503, 'service_unavailable'))
    const controller = new AbortController()
    const reason = new Error('the user left')
    const call = clipia.queue.submit('canvas-1', { input: {}, signal: controller.signal })
    controller.abort(reason)
    await assert.rejects(call, (error) => error === reason)
    assert.equal(sent.length, 1)

    const waiting = new AbortController()
    const { error } = await onFastClock(t, () => {
      const stopped = clipia.account.get(waiting.signal)
      setImmediate(() => setImmediate(() => waiting.abort()))
      return stopped
    })
    assert.equal((error as Error).name, 'AbortError')
    assert.equal(sent.length, 2)
  })

  test('a signal that is aborted already sends nothing', async () => {
    const { clipia, sent } = clientOn()
    await assert.rejects(clipia.account.get(AbortSignal.abort()), { name: 'AbortError' })
    assert.deepEqual(sent, [])
  })
})

test('a printed or serialised client shows no key', () => {
  const { clipia } = clientOn()
  assert.doesNotMatch(JSON.stringify(clipia), /clipia_test_/)
  assert.doesNotMatch(Object.values(clipia).map(String).join(), /clipia_test_/)
})
