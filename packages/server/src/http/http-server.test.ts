import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { OPERATIONS, type Operation } from '@clipia/contract'
import { revokeKey } from '../keys/revoke-key.ts'
import { DATABASES } from '../testing/databases.ts'
import { createTestApp, type TestAnswer, type TestApp } from '../testing/test-app.ts'

const UNKNOWN_ID = '01900000-0000-7000-8000-000000000000'

function codeOf({ status, body }: TestAnswer): string {
  return `${status} ${body?.error?.code}`
}

for (const kind of DATABASES) {
  describe(`the HTTP API on ${kind.name}`, () => {
    let test: TestApp
    before(async () => {
      test = await createTestApp(kind)
    })
    after(() => test.close())

    it('takes a key in each of the three schemes, in any case of the scheme word', async () => {
      const schemes: Record<string, string>[] = [
        { authorization: `Bearer ${test.liveKey}` },
        { authorization: `bearer ${test.liveKey}` },
        { authorization: `Key ${test.liveKey}` },
        { authorization: `KEY ${test.liveKey}` },
        { 'x-api-key': test.liveKey },
        { authorization: `Bearer ${test.liveKey}`, 'x-api-key': 'nonsense' },
      ]
      for (const headers of schemes) {
        assert.equal((await test.call('GET', '/v1/account', { key: null, headers })).status, 200)
      }
    })

    it('answers 401 with WWW-Authenticate to whatever opens nothing', async () => {
      const revoked = await test.makeKey({ mode: 'live' })
      const [row] = await test.database.read<{ key_id: string }>(
        'SELECT key_id FROM api_keys ORDER BY key_id DESC LIMIT 1',
      )
      await revokeKey(test, row?.key_id ?? '')
      const mistyped = `${test.liveKey.slice(0, -1)}${test.liveKey.endsWith('a') ? 'b' : 'a'}`
      const unknown = 'clipia_live_aaaaaaaaaaaaaaaaaaaaaaaaaa00000'
      for (const key of [null, '', 'nonsense', mistyped, unknown, revoked, test.liveKey.toUpperCase()]) {
        const answer = await test.call('GET', '/v1/account', { key })
        assert.equal(codeOf(answer), '401 invalid_api_key', String(key))
        assert.equal(answer.headers['www-authenticate'], 'Bearer')
      }
      const basic = { headers: { authorization: 'Basic abc', 'x-api-key': test.liveKey }, key: null }
      assert.equal((await test.call('GET', '/v1/account', basic)).status, 401)
    })

    it('refuses an expired key from the moment of its expiry', async () => {
      const key = await test.makeKey({ mode: 'live', expiresAt: test.clock.now() + 5_000 })
      assert.equal((await test.call('GET', '/v1/account', { key })).status, 200)
      test.clock.advance(5_000)
      assert.equal(codeOf(await test.call('GET', '/v1/account', { key })), '401 invalid_api_key')
    })

    it('asks for a key on every operation before it reads anything', async () => {
      for (const { method, path, auth } of Object.values<Operation>(OPERATIONS)) {
        if (auth === 'none') continue
        const url = path.replace('{slug}', 'canvas-1').replace('{id}', UNKNOWN_ID)
        assert.equal(
          codeOf(await test.call(method, url, { key: null, rawBody: '{broken' })),
          '401 invalid_api_key',
          path,
        )
      }
    })

    it('wants the generate scope for a submit, and none for what is one’s own', async () => {
      const key = await test.makeKey({ mode: 'live', scopes: ['read'] })
      const refused = await test.submit('canvas-1', { prompt: 'x' }, { key })
      assert.equal(codeOf(refused), '403 insufficient_scope')
      assert.equal((await test.call('GET', '/v1/models', { key })).status, 200)
      const estimate = { key, body: { input: { prompt: 'x' } } }
      assert.equal((await test.call('POST', '/v1/models/canvas-1/estimate', estimate)).status, 200)
    })

    it('keeps a key to its list of allowed models', async () => {
      const key = await test.makeKey({ mode: 'live', allowedModels: ['motion-1'] })
      assert.equal(codeOf(await test.submit('canvas-1', { prompt: 'x' }, { key })), '403 insufficient_scope')
      assert.equal((await test.submit('motion-1', { prompt: 'x' }, { key })).status, 200)
    })

    it('shows live keys the active models and test keys all, with their availability', async () => {
      const live = await test.call('GET', '/v1/models')
      const all = await test.call('GET', '/v1/models', { key: test.testKey })
      const slugs = (answer: TestAnswer) => answer.body.data.map((model: { slug: string }) => model.slug)
      assert.deepEqual(slugs(live), ['canvas-1', 'motion-1', 'tone-1'])
      assert.ok(slugs(all).includes('google/imagen4'))
      const imagen = all.body.data.find((model: { slug: string }) => model.slug === 'google/imagen4')
      assert.equal(imagen.available, false)
      assert.equal('available' in live.body.data[0], false)
      assert.equal(codeOf(await test.call('GET', '/v1/models/google%2Fimagen4')), '404 not_found')
    })

    it('filters models by type and capability', async () => {
      const videos = await test.call('GET', '/v1/models?type=video')
      assert.deepEqual(
        videos.body.data.map((model: { slug: string }) => model.slug),
        ['motion-1'],
      )
      const none = await test.call('GET', '/v1/models?capability=text-to-smell')
      assert.deepEqual(none.body, { data: [] })
      assert.equal(codeOf(await test.call('GET', '/v1/models?typ=video')), '400 invalid_request')
    })

    it('takes a slug with its slash encoded or raw, on every model path', async () => {
      const key = test.testKey
      for (const slug of ['google%2Fimagen4', 'google/imagen4', 'google%2fimagen4']) {
        const body = { input: { prompt: 'x' } }
        assert.equal((await test.call('GET', `/v1/models/${slug}`, { key })).body.slug, 'google/imagen4')
        assert.equal((await test.call('POST', `/v1/models/${slug}/estimate`, { key, body })).status, 200)
        assert.equal((await test.call('POST', `/v1/models/${slug}`, { key, body })).status, 200)
      }
    })

    it('answers 304 to a current ETag', async () => {
      for (const path of ['/v1/models', '/v1/models/canvas-1']) {
        const { headers } = await test.call('GET', path)
        const etag = String(headers.etag)
        for (const held of [etag, `W/${etag}`, `"other", ${etag}`]) {
          const answer = await test.call('GET', path, { headers: { 'if-none-match': held } })
          assert.equal(answer.status, 304)
          assert.equal(answer.body.length, 0)
        }
        assert.equal((await test.call('GET', path, { headers: { 'if-none-match': '"other"' } })).status, 200)
      }
    })

    it('reads a body as JSON whatever its content type says', async () => {
      for (const type of [
        'application/x-www-form-urlencoded',
        'text/plain',
        'application/json; charset=utf-8',
        'x/y',
        ';;;',
      ]) {
        const answer = await test.call('POST', '/v1/models/canvas-1/estimate', {
          headers: { 'content-type': type },
          body: { input: { prompt: 'x' } },
        })
        assert.equal(answer.status, 200, type)
      }
    })

    const submitFaults: [string, string, string, string | undefined][] = [
      ['{', '400 invalid_request', 'not valid JSON', undefined],
      ['', '400 invalid_request', 'must be', 'body'],
      ['[]', '400 invalid_request', 'must be object', 'body'],
      ['"text"', '400 invalid_request', 'must be object', 'body'],
      ['null', '400 invalid_request', 'must be object', 'body'],
      ['{}', '400 invalid_request', 'input is required', 'input'],
      ['{"input": []}', '400 invalid_request', 'must be object', 'input'],
      ['{"input": {"prompt": "x"}, "webhook": 1}', '400 invalid_request', 'unknown field webhook', 'webhook'],
      ['{"input": {"prompt": "x"}, "webhook_url": "ftp://a.b"}', '400 invalid_request', 'http', 'webhook_url'],
      [
        '{"input": {"prompt": "x"}, "webhook_url": "http://127.0.0.1/x"}',
        '400 invalid_request',
        'private',
        'webhook_url',
      ],
      [
        '{"input": {"prompt": "x"}, "webhook_url": "http://2130706433/x"}',
        '400 invalid_request',
        'private',
        'webhook_url',
      ],
      ['{"input": {"prompt": "x"}, "max_cost": -1}', '400 invalid_request', '>= 0', 'max_cost'],
      ['{"input": {"prompt": "x", "__proto__": {}}}', '400 invalid_request', 'JSON', undefined],
      ['{"input": {}}', '422 model_input_invalid', 'prompt is required', 'prompt'],
      ['{"input": {"prompt": 4}}', '422 model_input_invalid', 'prompt', 'prompt'],
      ['{"input": {"prompt": "x", "num_images": 5}}', '422 model_input_invalid', '1 to 4', 'num_images'],
      ['{"input": {"prompt": "x", "num_images": "2"}}', '422 model_input_invalid', '1 to 4', 'num_images'],
      ['{"input": {"prompt": "x", "size": 1}}', '422 model_input_invalid', 'unknown field size', 'size'],
      [`{"input": {"prompt": "${'x'.repeat(102_400)}"}}`, '422 model_input_invalid', '2000', 'prompt'],
      [`{"input": {"prompt": "${'x'.repeat(2_000_000)}"}}`, '413 invalid_request', '1 MB', undefined],
      [`{"input": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, '422 model_input_invalid', 'unknown field a', 'a'],
    ]
    it('names the fault of a bad body, at estimate and at submit alike where both read it', async () => {
      for (const [rawBody, code, text, param] of submitFaults) {
        const answer = await test.call('POST', '/v1/models/canvas-1', { rawBody })
        assert.equal(codeOf(answer), code, rawBody.slice(0, 80))
        assert.ok(answer.body.error.message.includes(text), `${answer.body.error.message} for ${rawBody.slice(0, 80)}`)
        assert.equal(answer.body.error.param, param, rawBody.slice(0, 80))
        if (code.startsWith('422')) {
          assert.deepEqual((await test.call('POST', '/v1/models/canvas-1/estimate', { rawBody })).body, answer.body)
        }
      }
    })

    it('refuses a body that is too deeply nested for comparison, also with an idempotency key', async () => {
      const rawBody = `{"input": ${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`
      const headers = { 'idempotency-key': 'deep' }
      assert.equal(codeOf(await test.call('POST', '/v1/models/canvas-1', { rawBody, headers })), '400 invalid_request')
    })

    it('needs no body where an operation has none, whatever a client announces', async () => {
      const headers = { 'content-type': 'application/json' }
      const answer = await test.call('POST', `/v1/requests/${UNKNOWN_ID}/cancel`, { headers, rawBody: '' })
      assert.equal(codeOf(answer), '404 not_found')
    })

    it('refuses a submit over its rate before reading it, unless it may be a replay', async () => {
      const key = await test.makeKey({ mode: 'live', requestsPerMinute: 1 })
      await test.submit('canvas-1', { prompt: 'x' }, { key })
      const over = await test.call('POST', '/v1/models/canvas-1', { key, rawBody: '{' })
      assert.equal(codeOf(over), '429 rate_limit_exceeded')
    })

    it('tells an unknown path, a wrong method and a malformed path apart', async () => {
      assert.equal(codeOf(await test.call('GET', '/v1/nothing')), '404 not_found')
      assert.equal(codeOf(await test.call('GET', '/v1/models/unknown-1')), '404 not_found')
      const wrong = await test.call('DELETE', '/v1/models/canvas-1')
      assert.equal(codeOf(wrong), '405 method_not_allowed')
      assert.equal(wrong.headers.allow, 'GET, HEAD, POST')
      for (const path of ['/healthz', '/openapi.json', '/docs', '/media/x.png']) {
        const refused = await test.call('POST', path, { key: null })
        assert.equal(codeOf(refused), '405 method_not_allowed', path)
        assert.equal(refused.headers.allow, 'GET, HEAD')
      }
      assert.equal(codeOf(await test.call('GET', '/v1/models/%zz')), '400 invalid_request')
      assert.equal((await test.call('GET', `/v1/requests/${'x'.repeat(500)}`)).status, 400)
    })

    it('echoes a well-formed X-Request-Id and makes one otherwise', async () => {
      const echoed = await test.call('GET', '/v1/account', { headers: { 'x-request-id': 'mine-1.a_b' } })
      assert.equal(echoed.headers['x-request-id'], 'mine-1.a_b')
      for (const sent of ['has space', 'x'.repeat(129), '<script>']) {
        const answer = await test.call('GET', '/v1/nothing', { headers: { 'x-request-id': sent } })
        assert.match(String(answer.headers['x-request-id']), /^[0-9a-f-]{36}$/)
      }
    })

    it('marks what a key was needed for as private', async () => {
      const { headers } = await test.call('GET', '/v1/account')
      assert.equal(headers['cache-control'], 'private')
      assert.equal(headers.vary, 'Authorization, X-Api-Key')
    })

    it('counts POSTs and reads in buckets of their own and says when to come back', async () => {
      const key = await test.makeKey({ mode: 'live', requestsPerMinute: 2 })
      const estimate = () =>
        test.call('POST', '/v1/models/canvas-1/estimate', { key, body: { input: { prompt: 'x' } } })
      assert.equal((await estimate()).headers['ratelimit-remaining'], '1')
      assert.equal((await estimate()).headers['ratelimit-remaining'], '0')
      const refused = await estimate()
      assert.equal(codeOf(refused), '429 rate_limit_exceeded')
      assert.equal(refused.headers['retry-after'], '30')
      assert.equal(refused.headers['ratelimit-limit'], '2')
      const read = await test.call('GET', '/v1/account', { key })
      assert.equal(read.status, 200)
      assert.equal(read.headers['ratelimit-limit'], '40')
      test.clock.advance(30_000)
      assert.equal((await estimate()).status, 200)
    })

    it('is not ready while its clock is off by more than a second', async () => {
      const readiness = async () => {
        const { status, body } = await test.call('GET', '/readyz', { key: null })
        return [status, body.reason]
      }
      const { skewMs } = test.clock
      test.clock.skewMs = () => -1_500
      assert.deepEqual(await readiness(), [503, 'the clock of the node is off by 1500 ms'])
      test.clock.skewMs = skewMs
      assert.equal((await readiness())[0], 200)
    })

    it('answers health and readiness without a key', async () => {
      assert.deepEqual((await test.call('GET', '/healthz', { key: null })).body, { status: 'ok' })
      assert.deepEqual((await test.call('GET', '/readyz', { key: null })).body, { status: 'ready' })
    })
  })
}
