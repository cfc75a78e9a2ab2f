import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../../testing/databases.ts'
import { TEST_MODELS_FOLDER } from '../../testing/fixtures.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type EmulatedProvider, startEmulatedProvider } from '../testing/emulated-provider.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { type Act, answer, hangUp } from '../testing/scripted-server.ts'
import { FAL_WIRE } from './testing/fal-wire.ts'

const keys = generateKeyPairSync('ed25519')
const PNG = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#c8553d' } })
  .png()
  .toBuffer()
const bytes =
  (body: Buffer): Act =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'image/png' }).end(body)

/** fal with a store of what it made, and the keys of its callbacks. */
const wire: ProviderWire = {
  ...FAL_WIRE,
  operationOf: (received) =>
    ['/made.png', '/.well-known/jwks.json'].includes(received.target) ? 'other' : FAL_WIRE.operationOf(received),
}

for (const kind of DATABASES) {
  describe(`a request that fal renders, on ${kind.name}`, () => {
    let test: TestApp
    let fal: EmulatedProvider
    let id = ''
    const result = async () => (await test.call('GET', `/v1/requests/${id}`)).body
    const submit = async (input: object = {}) => {
      id = (await test.submit('fal-1', { prompt: 'a fox', ...input })).body.request_id
      await test.work()
    }
    const finish = (act: Act = bytes(PNG)) => {
      fal.standing = 'finished'
      fal.misbehave.set('result', answer(200, { images: [{ url: `${fal.url}/made.png` }], seed: 7 }))
      fal.misbehave.set('other', act)
    }
    const pass = async (ms: number) => {
      test.clock.advance(ms)
      await test.work()
    }
    const callBack = async (over: Record<string, string> = {}) => {
      const body = '{"status":"OK","payload":{"images":[{"url":"https://evil.example/x.png"}]}}'
      const headers = {
        'x-fal-webhook-request-id': 'r-1',
        'x-fal-webhook-user-id': 'u-1',
        'x-fal-webhook-timestamp': String(test.clock.now() / 1000),
      }
      const lines = [...Object.values(headers), createHash('sha256').update(body).digest('hex')].join('\n')
      const signature = sign(null, Buffer.from(lines), keys.privateKey).toString('hex')
      const before = fal.misbehave.get('other')
      fal.misbehave.set('other', answer(200, { keys: [keys.publicKey.export({ format: 'jwk' })] }))
      const { status } = await test.call('POST', `/callbacks/fal/${id}`, {
        key: null,
        headers: { ...headers, 'x-fal-webhook-signature': signature, ...over },
        rawBody: body,
      })
      if (before !== undefined) fal.misbehave.set('other', before)
      return status
    }
    beforeEach(async () => {
      fal = await startEmulatedProvider(wire)
      test = await createTestApp(kind, {
        environment: {
          CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER,
          CLIPIA_PUBLIC_URL: 'https://api.clipia.example',
          FAL_KEY: 'id:secret-of-fal',
          FAL_BASE_URL: fal.url,
        },
      })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
      await fal[Symbol.asyncDispose]()
    })

    it('is brought home: measured, renditions made, no word of fal in what its owner sees', async () => {
      await submit()
      finish()
      await pass(1_000)
      const { status, output, seed } = await result()
      assert.deepEqual([status, seed], ['COMPLETED', 7])
      const [{ url, original_url: original, width, height }] = output.images
      assert.deepEqual([width, height], [8, 6])
      assert.match(`${url} ${original}`, /^https:\/\/api\.clipia\.example\/media\/\w+\.webp https:\/\/\S+\.png$/)
      assert.doesNotMatch(JSON.stringify(await result()), /fal-ai|fal\.media|127\.0\.0\.1/)
    })

    it('asks fal to call back, and checks at once when it does, however often it does', async () => {
      await submit()
      const [submitted] = fal.calls
      const webhook = encodeURIComponent(`https://api.clipia.example/callbacks/fal/${id}`)
      assert.equal(submitted?.target, `/fal-ai/flux/dev?fal_webhook=${webhook}`)
      finish()
      assert.equal(await callBack(), 204)
      assert.equal(await callBack(), 204)
      await test.work()
      assert.equal((await result()).status, 'COMPLETED')
      assert.equal(await callBack(), 204)
      assert.doesNotMatch(JSON.stringify(await result()), /evil/)
    })

    it('checks at once after a callback that came before the answer to its submit', async () => {
      finish()
      const accepted = wire.accepted({ method: 'POST', target: '', headers: {}, body: '' })
      fal.misbehave.set('submit', (response, request) => {
        const [queued] = [test.database.read<{ request_id: string }>('SELECT request_id FROM queue')]
        void queued
          .then(async ([row]) => {
            id = row?.request_id ?? ''
            await callBack()
          })
          .then(() => answer(200, accepted.body)(response, request))
      })
      await submit()
      assert.equal((await result()).status, 'COMPLETED')
    })

    it('ignores a callback that nobody signed, and answers it like any other', async () => {
      await submit()
      finish()
      assert.equal(await callBack({ 'x-fal-webhook-signature': '0'.repeat(128) }), 204)
      await test.work()
      assert.equal((await result()).status, 'IN_PROGRESS')
      for (const path of ['/callbacks/nobody/x', '/callbacks/local/00000000-0000-0000-0000-000000000000']) {
        assert.equal((await test.call('POST', path, { key: null, rawBody: '' })).status, 204)
      }
      assert.equal((await test.call('GET', `/callbacks/fal/${id}`)).status, 405)
    })

    it('is never submitted twice when the answer is lost after acceptance', async () => {
      fal.misbehave.set('submit', hangUp)
      await submit()
      await pass(30_000)
      assert.equal(fal.calls.filter(({ operation }) => operation === 'submit').length, 1)
      const { status, charged } = await result()
      assert.deepEqual([status, charged], ['FAILED', 0])
    })

    it('backs off while fal is busy, without failing the request', async () => {
      await submit()
      fal.misbehave.set('check', answer(429, {}, { 'retry-after': '40' }))
      await pass(1_000)
      fal.misbehave.delete('check')
      finish()
      await pass(39_000)
      assert.equal((await result()).status, 'IN_PROGRESS')
      await pass(1_000)
      assert.equal((await result()).status, 'COMPLETED')
    })

    it('asks again for media that do not come, and fails with media that never will be any', async () => {
      await submit()
      finish(answer(403, 'expired'))
      await pass(1_000)
      assert.equal((await result()).status, 'IN_PROGRESS')
      fal.misbehave.set('other', bytes(PNG.subarray(0, 60)))
      await pass(5_000)
      const { status, error, charged } = await result()
      assert.deepEqual([status, error.code, charged], ['FAILED', 'GENERATION_FAILED', 0])
    })

    it('uploads a file of ours that fal cannot reach by its address', async () => {
      await submit({ image_url: 'https://api.clipia.example/media/samples/image.png' })
      assert.equal(fal.calls.length, 1, 'our public origin can be reached')
      await test.close()
      test = await createTestApp(kind, {
        environment: {
          CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER,
          FAL_KEY: 'k',
          FAL_BASE_URL: fal.url,
          CLIPIA_PUBLIC_URL: '',
        },
      })
      fal.calls.length = 0
      const { publicUrl } = test.app.services
      await submit({ image_url: `${publicUrl()}/media/samples/image.png` })
      assert.deepEqual(
        fal.calls.map(({ method, target }) => `${method} ${target.split('?')[0]}`),
        ['POST /storage/upload/initiate', 'PUT /upload-place', 'POST /fal-ai/flux/dev'],
      )
      assert.equal(JSON.parse(fal.calls[2]?.body ?? '').image_url, 'https://v3.fal.media/files/in.png')
      assert.equal(fal.calls[2]?.target, '/fal-ai/flux/dev', 'nobody could call back')
    })

    it('is not offered without the credential', async () => {
      await test.close()
      test = await createTestApp(kind, { environment: { CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER } })
      assert.equal((await test.call('GET', '/v1/models/fal-1')).status, 404)
      assert.equal((await test.call('GET', '/v1/models/fal-1', { key: test.testKey })).body.available, false)
    })
  })
}
