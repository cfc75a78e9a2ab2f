import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Api, accountOf, assertError, createApi, fetchAll, modelPath, submit } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { createAccount, type NewAccount } from './testing/create-account.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import type { WireEstimate, WireModel } from './testing/wire.ts'

const PROMPT = { prompt: 'A good input' }
const SUBMIT = modelPath('canvas-1')

/** Literal addresses and names that lead into the operator's network, in the forms attackers write them. */
const PRIVATE_HOSTS = [
  ...[
    '127.0.0.1',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0',
    '[::1]',
  ],
  ...[
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
  ],
  ...['[::]', '[fe80::1]', '[fd00::1]', '[::ffff:127.0.0.1]', '[::ffff:a00:1]', '[::7f00:1]', '[64:ff9b::7f00:1]'],
  ...['[2002:7f00:1::]', 'metadata.google.internal', 'printer.local', '127.0.0.1.', '%31%32%37.0.0.1', '①②⑦.0.0.1'],
]

const NO_WEB_URLS = ['', 'x', '/relative', '//example.com/x', 'ftp://example.com/', 'file:///etc/passwd', 'data:,x']
NO_WEB_URLS.push('javascript:alert(1)', 'http://', 'https://u:p@example.com/', 'http:// example.com')

function nest(depth: number, open: string, close: string): string {
  return open.repeat(depth) + close.repeat(depth)
}

describe('bad input', () => {
  let clipia: Clipia
  let account: NewAccount
  let api: Api
  before(async () => {
    clipia = await startClipia()
    account = await createAccount(clipia, 20)
    api = account.api
  })
  after(() => clipia.stop())

  const sendRaw = (path: string, body: string, headers: Record<string, string> = {}) =>
    api.call(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  for (const path of [SUBMIT, modelPath('canvas-1', '/estimate')]) {
    test(`a body that is no JSON object with an input is 400 at ${path}`, async () => {
      const bodies = ['', ' ', '{', '{"input"', '[]', 'null', '1', '"x"', 'prompt=x', '{"input":{"prompt":"x"}}}', '\0']
      bodies.push('{"input":{"prompt":"x"},}', "{'input':{}}", '{"input":NaN}', '\ufeff{"input":', '<xml/>')
      bodies.push('{}', '{"input":null}', '{"input":[]}', '{"input":"x"}', '{"input":1}', '{"Input":{"prompt":"x"}}')
      for (const body of bodies) assertError(await sendRaw(path, body), 400, 'invalid_request')
    })

    test(`an unknown field of the body is 400 at ${path} and named`, async () => {
      assertError(await api.post(path, { input: PROMPT, colour: 'red' }), 400, 'invalid_request', 'colour')
    })

    test(`a body of 2 MB is 413 at ${path}, whether its length is announced or not`, async () => {
      const body = JSON.stringify({ input: { prompt: 'a'.repeat(2_000_000) } })
      assertError(await sendRaw(path, body), 413, 'invalid_request')
      const response = await fetch(`${clipia.url}${path}`, {
        method: 'POST',
        body: new Blob([body]).stream(),
        headers: { authorization: `Bearer ${account.key}` },
        duplex: 'half',
      } as RequestInit)
      assert.equal(response.status, 413)
      await response.arrayBuffer()
    })

    test(`an input that does not fit the model is 422 at ${path}; the field and what is allowed are named`, async () => {
      const cases: [input: Record<string, unknown>, param: string, allowed: RegExp][] = [
        [{}, 'prompt', /required/],
        [{ prompt: null }, 'prompt', /string/],
        [{ prompt: 4 }, 'prompt', /string/],
        [{ prompt: ['x'] }, 'prompt', /string/],
        [{ prompt: { text: 'x' } }, 'prompt', /string/],
        [{ prompt: '' }, 'prompt', /1/],
        [{ prompt: 'a'.repeat(100_000) }, 'prompt', /2000|2,000/],
        [{ ...PROMPT, num_images: '1' }, 'num_images', /integer|whole/],
        [{ ...PROMPT, num_images: 1.5 }, 'num_images', /integer|whole/],
        [{ ...PROMPT, num_images: 0 }, 'num_images', /1/],
        [{ ...PROMPT, num_images: 5 }, 'num_images', /4/],
        [{ ...PROMPT, num_images: -1 }, 'num_images', /1/],
        [{ ...PROMPT, num_images: 1e300 }, 'num_images', /4|integer/],
        [{ ...PROMPT, num_images: true }, 'num_images', /integer|whole/],
        [{ ...PROMPT, seed: 2 ** 31 }, 'seed', /2147483647/],
        [{ ...PROMPT, seed: -1 }, 'seed', /0/],
        [{ ...PROMPT, resolution: '8K' }, 'resolution', /1K.*2K/],
        [{ ...PROMPT, resolution: '1k' }, 'resolution', /1K.*2K/],
        [{ ...PROMPT, style: 'constructor' }, 'style', /flow/],
        [{ ...PROMPT, colour: 'red' }, 'colour', /prompt/],
        [{ ...PROMPT, constructor: 'x' }, 'constructor', /unknown/],
        [{ ...PROMPT, toString: 'x' }, 'toString', /unknown/],
      ]
      for (const [input, param, allowed] of cases) {
        const { message } = assertError(await api.post(path, { input }), 422, 'model_input_invalid', param)
        assert.match(message, allowed)
      }
    })

    test(`deep nesting and dangerous names are refused at ${path} like any other bad input`, async () => {
      const deep = 100_000
      const values = [nest(deep, '[', ']'), nest(deep, '{"a":', '}').replace(':}', ':1}'), nest(60, '[', ']')]
      for (const [index, value] of values.entries()) {
        for (const body of [`{"input":{"prompt":${value}}}`, `{"input":{"prompt":"x","extra":${value}}}`, value]) {
          for (const headers of [undefined, { 'idempotency-key': `nested-${index}` }]) {
            const answer = await sendRaw(path, body, headers)
            assert.ok([400, 413, 422].includes(answer.status), `${index}: ${answer.status} ${answer.text}`)
          }
        }
      }
      for (const name of ['__proto__', 'constructor']) {
        const value = `{"prototype":{"prompt":"polluted"},"prompt":"polluted"}`
        for (const body of [
          `{"input":{"prompt":"x","${name}":${value}}}`,
          `{"input":{"prompt":"x"},"${name}":${value}}`,
        ]) {
          const answer = await sendRaw(path, body)
          assert.ok([400, 422].includes(answer.status), answer.text)
        }
        const [status, code] = name === '__proto__' ? [400, 'invalid_request'] : [422, 'model_input_invalid']
        assertError(await sendRaw(path, `{"input":{"${name}":${value}}}`), Number(status), String(code))
      }
      assertError(await api.post(path, { input: {} }), 422, 'model_input_invalid', 'prompt')
    })

    test(`an image URL that is no web URL or names a private host is 422 at ${path}`, async () => {
      const motion = path.replace('canvas-1', 'motion-1')
      const urls = [...NO_WEB_URLS.filter((url) => url !== ''), ...PRIVATE_HOSTS.map((host) => `http://${host}/a.png`)]
      for (const url of urls) {
        const answer = await api.post(motion, { input: { image_url: url } })
        assert.equal(answer.status, 422, `${url}: ${answer.text}`)
        assertError(answer, 422, 'model_input_invalid', 'image_url')
      }
    })
  }

  test('a webhook URL that is no web URL or names a private host is 400', async () => {
    for (const url of [...NO_WEB_URLS, ...PRIVATE_HOSTS.map((host) => `https://${host}:8443/hook`)]) {
      const answer = await api.post(SUBMIT, { input: PROMPT, webhook_url: url })
      assert.equal(answer.status, 400, `${url}: ${answer.text}`)
      assertError(answer, 400, 'invalid_request', 'webhook_url')
    }
    for (const url of [null, 1, {}, ['https://example.com/']]) {
      assertError(await api.post(SUBMIT, { input: PROMPT, webhook_url: url }), 400, 'invalid_request', 'webhook_url')
    }
    const long = `https://example.com/${'a'.repeat(100_000)}`
    assertError(await api.post(SUBMIT, { input: PROMPT, webhook_url: long }), 400, 'invalid_request', 'webhook_url')
  })

  test('an unknown path is 404, and a known one with another method 405 that says which it takes', async () => {
    for (const path of ['/nothing', '/v1', '/v1/nothing', '/v2/models', '/v1/requests/a/b/c', '/V1/models']) {
      assertError(await api.get(path), 404, 'not_found')
    }
    for (const [method, path, allow] of [
      ['PUT', '/v1/account', 'GET'],
      ['POST', '/v1/models', 'GET'],
      ['DELETE', '/v1/models/canvas-1', 'GET, POST'],
      ['GET', '/v1/models/canvas-1/estimate', 'POST'],
      ['PATCH', '/v1/requests/some-id', 'DELETE, GET'],
      ['POST', '/v1/requests/some-id/status', 'GET'],
    ] as const) {
      const answer = await api.call(path, { method })
      assertError(answer, 405, 'method_not_allowed')
      const allowed = (answer.headers.get('allow') ?? '').split(', ').filter((name) => name !== 'HEAD')
      assert.equal(allowed.sort().join(', '), allow, `${method} ${path}`)
    }
    assertError(await api.get('/v1/models/%zz'), 400, 'invalid_request')
    assertError(await api.get('/v1/models?colour=red'), 400, 'invalid_request', 'colour')
  })

  test('a request id is echoed when it is harmless, and replaced when it is not', async () => {
    const echoed = await api.get('/v1/account', { 'x-request-id': 'my.trace-1_a' })
    assert.equal(echoed.headers.get('x-request-id'), 'my.trace-1_a')
    for (const id of ['a b', '<script>', 'a'.repeat(129), 'é']) {
      const replaced = (await api.get('/v1/account', { 'x-request-id': id })).headers.get('x-request-id')
      assert.match(replaced ?? '', /^[0-9a-f-]{36}$/)
    }
  })

  test('a body is read as JSON whatever its content type says', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8', 'a/b']) {
      const answer = await sendRaw(modelPath('canvas-1', '/estimate'), JSON.stringify({ input: PROMPT }), {
        'content-type': type,
      })
      assert.equal(answer.status, 200, `${type}: ${answer.text}`)
    }
  })

  test('a repeated idempotency key answers the first request; with anything changed it is 409', async () => {
    const headers = { 'idempotency-key': '5f1c3b52-9a0e-4b0e-8a57-0d8f3a0c9f01' }
    const first = await submit(api, 'canvas-1', { prompt: 'Once', seed: 1 }, headers)
    const replay = await api.post(SUBMIT, { max_cost: 5, input: { seed: 1, prompt: 'Once' } }, headers)
    assert.equal(replay.status, 200, replay.text)
    assert.equal(replay.headers.get('idempotent-replayed'), 'true')
    assert.equal(replay.json<{ request_id: string }>().request_id, first.request_id)
    for (const [path, body] of [
      [SUBMIT, { input: { prompt: 'Once', seed: 2 } }],
      [SUBMIT, { input: { prompt: 'Once', seed: 1, num_images: 1 } }],
      [SUBMIT, { input: { prompt: 'Once', seed: 1 }, webhook_url: 'https://example.com/hook' }],
      [modelPath('motion-1'), { input: { prompt: 'Once', seed: 1 } }],
    ] as const) {
      assertError(await api.post(path, body, headers), 409, 'idempotency_key_reuse')
    }
    for (const key of ['', ' ', 'a b', 'é', 'a'.repeat(256)]) {
      const answer = await api.post(SUBMIT, { input: PROMPT }, { 'idempotency-key': key })
      assertError(answer, 400, 'invalid_request')
    }
  })

  test('an idempotency key is free again after a refusal', async () => {
    const headers = { 'idempotency-key': 'refused-at-first' }
    assertError(await api.post(SUBMIT, { input: {} }, headers), 422, 'model_input_invalid')
    assertError(await api.post(SUBMIT, { input: PROMPT, max_cost: 0 }, headers), 409, 'price_changed')
    const poor = await createAccount(clipia, 0)
    assertError(await poor.api.post(SUBMIT, { input: PROMPT }, headers), 402, 'insufficient_credits')
    await clipia.adminJson('credits', 'grant', '--account', poor.accountId, '--credits', '1')
    assert.equal((await poor.api.post(SUBMIT, { input: PROMPT }, headers)).status, 200)
    assert.equal((await api.post(SUBMIT, { input: PROMPT }, headers)).status, 200)
  })

  test('a quote holds for what it was given for, and for nothing else', async () => {
    const quoteOf = async (by: Api, input: Record<string, unknown>) =>
      (await by.post(modelPath('canvas-1', '/estimate'), { input })).json<WireEstimate>().quote
    const quote = await quoteOf(api, PROMPT)
    const end = quote.at(-2) === 'A' ? 'B' : 'A'
    const altered = [
      `${quote}x`,
      quote.slice(0, -2) + end + quote.at(-1),
      `x${quote}`,
      quote.slice(1),
      'x',
      '',
      'a.b',
      '.',
    ]
    for (const bad of [...altered, await quoteOf(clipia.live, PROMPT), await quoteOf(clipia.test, PROMPT)]) {
      assertError(await api.post(SUBMIT, { input: PROMPT, quote: bad }), 400, 'invalid_request', 'quote')
    }
    const elsewhere = await api.post(modelPath('motion-1'), { input: PROMPT, quote })
    assertError(elsewhere, 400, 'invalid_request', 'quote')
    const otherInput = await api.post(SUBMIT, { input: { ...PROMPT, num_images: 4 }, quote })
    assertError(otherInput, 400, 'invalid_request', 'quote')
    const good = await api.post(SUBMIT, { input: { ...PROMPT, num_images: 1 }, quote, max_cost: 1 })
    assert.equal(good.status, 200, 'the same input, its default written out')
  })

  test('a price above max_cost is 409, and nothing is charged', async () => {
    const before = await accountOf(api)
    const input = { ...PROMPT, num_images: 4 }
    assertError(await api.post(SUBMIT, { input, max_cost: 3 }), 409, 'price_changed')
    for (const cost of ['4', 1.5, -1, null]) {
      assertError(await api.post(SUBMIT, { input, max_cost: cost }), 400, 'invalid_request', 'max_cost')
    }
    const { balance, usage_30d: usage } = await accountOf(api)
    assert.deepEqual([balance.credits, usage], [before.balance.credits, before.usage_30d])
  })

  test('none of this harmed the server, charged a refused request or left a trace in the books', async () => {
    assert.equal((await fetchAll(`${clipia.url}/readyz`)).status, 200)
    const charges = (await ledgerOf(clipia, account.accountId)).filter(({ kind }) => kind === 'charge')
    assert.deepEqual(
      charges.map(({ credits }) => credits),
      [-1, -1, -1],
    )
    const detail = (await createApi(clipia.url, account.key).get(modelPath('canvas-1'))).json<WireModel>()
    assert.equal(detail.slug, 'canvas-1')
    await assertAuditClean(clipia)
  })
})
