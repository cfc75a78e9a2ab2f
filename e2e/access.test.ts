import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Api, accountOf, assertError, createApi, fetchAll, modelPath, submit } from './testing/api.ts'
import { assertAuditClean, ledgerOf } from './testing/books.ts'
import { createAccount, createKey, type NewAccount } from './testing/create-account.ts'
import { DATABASES } from './testing/databases.ts'
import { mp4Facts, pngSize, webpSize } from './testing/media-facts.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'
import { waitFor } from './testing/wait-for.ts'
import type { WireModel, WireResult } from './testing/wire.ts'

const CANVAS = { prompt: 'A key and a door' }

for (const database of DATABASES) {
  describe(`access on ${database.name}`, () => {
    let dispose = async () => {}
    let clipia: Clipia
    let other: NewAccount
    let brief: { api: Api }
    before(async () => {
      const prepared = await database.prepare()
      dispose = prepared.dispose
      clipia = await startClipia({ environment: prepared.environment })
      other = await createAccount(clipia, 10)
      // Ends while the other tests run.
      const expires = new Date(Date.now() + 8_000).toISOString()
      brief = await createKey(clipia, other.accountId, '--expires', expires)
      assert.equal((await brief.api.get('/v1/account')).status, 200)
    })
    after(() => clipia.stop().finally(dispose))

    test('all three schemes open, the scheme word in any case, and Authorization wins', async () => {
      const nobody = createApi(clipia.url)
      const key = clipia.liveKey
      for (const headers of [
        { authorization: `Bearer ${key}` },
        { authorization: `bEARER ${key}` },
        { authorization: `Key ${key}` },
        { authorization: `KEY ${key}` },
        { 'x-api-key': key },
        { authorization: `Bearer ${key}`, 'x-api-key': 'nonsense' },
      ] as Record<string, string>[]) {
        const answer = await nobody.get('/v1/account', headers)
        assert.equal(answer.status, 200, JSON.stringify(Object.keys(headers)))
        assert.equal(answer.headers.get('cache-control'), 'private')
        assert.equal(answer.headers.get('vary'), 'Authorization, X-Api-Key')
      }
      assertError(
        await nobody.get('/v1/account', { authorization: 'Bearer x', 'x-api-key': key }),
        401,
        'invalid_api_key',
      )
    })

    test('a missing, malformed, mistyped or unknown key is 401, which says how to do better and repeats nothing', async () => {
      const last = clipia.liveKey.at(-1) === 'a' ? 'b' : 'a'
      const mistyped = clipia.liveKey.slice(0, -1) + last
      const values = ['', 'Bearer', 'Bearer ', `Basic ${clipia.liveKey}`, clipia.liveKey, `Bearer ${mistyped}`]
      values.push('Bearer clipia_live_', `Bearer ${clipia.liveKey}x`, `Bearer ${'a'.repeat(10_000)}`, 'Bearer \u00e4')
      values.push(`Bearer ${clipia.liveKey.replace('live', 'test')}`)
      for (const authorization of values) {
        for (const path of ['/v1/account', '/v1/models', '/v1/requests/unknown']) {
          const answer = await fetchAll(`${clipia.url}${path}`, { headers: { authorization } })
          assertError(answer, 401, 'invalid_api_key')
          assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
          assert.ok(!answer.text.includes(clipia.liveKey.slice(0, 24)))
        }
      }
    })

    test('a key without the scope generate submits nothing, but reads all that needs no scope', async () => {
      const reader = await createKey(clipia, other.accountId, '--scopes', 'read')
      const refused = await reader.api.post(modelPath('canvas-1'), { input: CANVAS })
      assert.equal(assertError(refused, 403, 'insufficient_scope').type, 'permission_error')
      for (const path of ['/v1/models', '/v1/models/canvas-1', '/v1/account']) {
        assert.equal((await reader.api.get(path)).status, 200)
      }
      assert.equal((await reader.api.post(modelPath('canvas-1', '/estimate'), { input: CANVAS })).status, 200)
      const writer = await createKey(clipia, other.accountId, '--scopes', 'generate')
      const { request_id: id } = await submit(writer.api, 'canvas-1', CANVAS)
      assert.equal((await reader.api.get(`/v1/requests/${id}/status`)).status, 200, 'a request is its account’s')
    })

    test('a request of another account or mode is not found, as if it did not exist', async () => {
      const live = await submit(clipia.live, 'canvas-1', CANVAS)
      const sandbox = await submit(clipia.test, 'canvas-1', CANVAS)
      const strangers = [
        [other.api, live],
        [other.api, sandbox],
        [clipia.test, live],
        [clipia.live, sandbox],
      ] as const
      for (const [api, { request_id: id }] of strangers) {
        for (const path of [`/v1/requests/${id}`, `/v1/requests/${id}/status`]) {
          const hidden = await api.get(path)
          const unknown = await api.get(path.replace(id, '00000000-0000-7000-8000-000000000000'))
          const { message } = assertError(hidden, 404, 'not_found')
          const mask = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
          assert.equal(mask(message), mask(assertError(unknown, 404, 'not_found').message))
        }
      }
      for (const id of ['x', "1'%20OR%20'1'='1", '..', '%00', 'a'.repeat(128), 'a'.repeat(400), '../account']) {
        const answer = await clipia.live.get(`/v1/requests/${encodeURIComponent(decodeURIComponent(id))}`)
        assert.ok([400, 404].includes(answer.status), `${id}: ${answer.status} ${answer.text}`)
      }
    })

    test('an idempotency key is an account’s and a mode’s own', async () => {
      const headers = { 'idempotency-key': 'the-same-everywhere' }
      const ids = []
      for (const api of [clipia.live, clipia.test, other.api]) {
        ids.push((await submit(api, 'canvas-1', CANVAS, headers)).request_id)
      }
      assert.equal(new Set(ids).size, 3)
    })

    test('a test key sees every model, and which of them run here', async () => {
      const { data } = (await clipia.test.get('/v1/models')).json<{ data: WireModel[] }>()
      const available = new Map(data.map((model) => [model.slug, model.available]))
      assert.equal(available.get('canvas-1'), true)
      assert.equal(available.get('google/imagen4'), false)
      assertError(await clipia.live.get(modelPath('google/imagen4')), 404, 'not_found')
      assertError(await clipia.live.post(modelPath('google/imagen4'), { input: CANVAS }), 404, 'not_found')
    })

    test('a slug with a slash works percent-encoded and raw, on every model path', async () => {
      for (const slug of ['google%2Fimagen4', 'google/imagen4', 'google%2fimagen4']) {
        const path = `/v1/models/${slug}`
        assert.equal((await clipia.test.get(path)).json<WireModel>().slug, 'google/imagen4')
        assert.equal((await clipia.test.post(`${path}/estimate`, { input: CANVAS })).status, 200)
        assert.equal((await clipia.test.post(path, { input: CANVAS })).status, 200)
      }
      for (const slug of ['google/imagen5', 'google', 'google%2F', 'Canvas-1', '..%2Faccount', 'canvas-1%00']) {
        const answer = await clipia.test.get(`/v1/models/${slug}`)
        assert.ok(answer.status === 404 || answer.status === 400, `${slug}: ${answer.status}`)
      }
    })

    test('the sandbox completes at once with sample media that download, and costs nothing', async () => {
      const before = await accountOf(clipia.live)
      const entries = await ledgerOf(clipia, before.account_id)
      for (const [slug, input, cost] of [
        ['google/imagen4', { prompt: 'A bowl of fruit', num_images: 2 }, 6],
        ['seedance-2-fast-i2v', { image_url: 'https://example.com/a.png', resolution: '480p' }, 23],
        ['motion-1', { prompt: 'Fog', duration: 2 }, 2],
      ] as const) {
        const submitted = await submit(clipia.test, slug, input)
        assert.deepEqual([submitted.status, submitted.queue_position, submitted.cost], ['COMPLETED', 0, cost])
        const answer = await clipia.test.get(`/v1/requests/${submitted.request_id}`)
        const result = answer.json<WireResult>()
        assert.deepEqual([answer.status, result.status, result.mode, result.cost], [200, 'COMPLETED', 'test', cost])
        await assertSample(result)
        const repeated = await submit(clipia.test, slug, input)
        const again = await clipia.test.get(`/v1/requests/${repeated.request_id}`)
        assert.deepEqual(again.json<WireResult>().output, result.output, 'the same sample every time')
      }
      assert.deepEqual(await accountOf(clipia.test), before)
      assert.deepEqual(await ledgerOf(clipia, before.account_id), entries)
      await assertAuditClean(clipia)
    })

    async function assertSample({ output }: WireResult): Promise<void> {
      for (const image of output?.images ?? []) {
        const [delivered, original] = [await fetchAll(image.url), await fetchAll(image.original_url)]
        assert.equal(delivered.headers.get('content-type'), 'image/webp')
        assert.equal(original.headers.get('content-type'), 'image/png')
        const size = { width: image.width, height: image.height }
        assert.deepEqual([webpSize(delivered.bytes), pngSize(original.bytes)], [size, size])
      }
      if (output?.video === undefined) return
      const answer = await fetchAll(output.video.url)
      assert.equal(answer.headers.get('content-type'), 'video/mp4')
      const { width, height, durationSeconds } = mp4Facts(answer.bytes)
      assert.deepEqual([width, height], [output.video.width, output.video.height])
      assert.ok(Math.abs(durationSeconds - output.video.duration) < 0.1)
    }

    test('a key over its rate is refused until its bucket refills, and a replay is not', async () => {
      const slow = await createKey(clipia, other.accountId, '--rpm', '2')
      const headers = { 'idempotency-key': 'made-within-the-rate' }
      const first = await submit(slow.api, 'canvas-1', CANVAS, headers)
      const answer = await slow.api.post(modelPath('canvas-1', '/estimate'), { input: CANVAS })
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('ratelimit-limit'), '2')
      assert.equal(answer.headers.get('ratelimit-remaining'), '0')
      assert.match(answer.headers.get('ratelimit-reset') ?? '', /^\d+$/)

      const refused = await slow.api.post(modelPath('canvas-1'), { input: CANVAS })
      assert.equal(assertError(refused, 429, 'rate_limit_exceeded').type, 'rate_limit_error')
      assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
      assert.equal((await submit(slow.api, 'canvas-1', CANVAS, headers)).request_id, first.request_id)
      assert.equal((await slow.api.get('/v1/account')).status, 200, 'reads have a bucket of their own')
    })

    test('an expired key opens nothing', async () => {
      const refused = await waitFor('the end of the key', async () => {
        const answer = await brief.api.get('/v1/account')
        return answer.status === 200 ? undefined : answer
      })
      assertError(refused, 401, 'invalid_api_key')
      assertError(await brief.api.post(modelPath('canvas-1'), { input: CANVAS }), 401, 'invalid_api_key')
    })
  })
}
