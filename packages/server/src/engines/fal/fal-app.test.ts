import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../../testing/databases.ts'
import { TEST_MODELS_FOLDER } from '../../testing/fixtures.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type EmulatedProvider, startEmulatedProvider } from '../testing/emulated-provider.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { type Act, answer } from '../testing/scripted-server.ts'
import { FAL_WIRE } from './testing/fal-wire.ts'

const PNG = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#c8553d' } })
  .png()
  .toBuffer()
const bytes =
  (body: Buffer): Act =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'image/png' }).end(body)

/** fal with a store of what it made. */
const wire: ProviderWire = {
  ...FAL_WIRE,
  operationOf: (received) => (received.target === '/made.png' ? 'media' : FAL_WIRE.operationOf(received)),
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
      fal.misbehave.set('media', act)
    }
    const pass = async (ms: number) => {
      test.clock.advance(ms)
      await test.work()
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

    it('asks fal to call back at an address of this very start', async () => {
      await submit()
      const [, address] = fal.calls[0]?.target.split('?fal_webhook=') ?? []
      const start = { engine: 'fal', requestId: id, startFence: 1 }
      const path = test.app.services.callbackAddresses.pathOf(start)
      assert.equal(decodeURIComponent(address ?? ''), `https://api.clipia.example${path}`)
      for (const other of [path.slice(0, -1), '/callbacks/nobody/x/1-x', path.replace(id, 'x')]) {
        assert.equal(
          (await test.call('POST', other, { key: null, rawBody: '' })).status,
          204,
          'a stranger learns nothing',
        )
      }
      assert.equal((await test.call('GET', path)).status, 405)
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
