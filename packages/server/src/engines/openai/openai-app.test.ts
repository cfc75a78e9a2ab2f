import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import sharp from 'sharp'
import { DATABASES } from '../../testing/databases.ts'
import { TEST_MODELS_FOLDER } from '../../testing/fixtures.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type EmulatedProvider, startEmulatedProvider } from '../testing/emulated-provider.ts'
import { answer } from '../testing/scripted-server.ts'
import { IMAGES_WIRE } from './testing/openai-wire.ts'

const PNG = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#c8553d' } })
  .png()
  .toBuffer()
const made = (bytes: Buffer) => answer(200, { data: [{ b64_json: bytes.toString('base64') }] })

for (const kind of DATABASES) {
  describe(`a request that OpenAI renders, on ${kind.name}`, () => {
    let test: TestApp
    let openai: EmulatedProvider
    let id = ''
    const result = async () => (await test.call('GET', `/v1/requests/${id}`)).body
    const submit = async (input: object = {}) => {
      id = (await test.submit('openai-1', { prompt: 'a fox', ...input })).body.request_id
      await test.work()
    }
    beforeEach(async () => {
      openai = await startEmulatedProvider(IMAGES_WIRE)
      test = await createTestApp(kind, {
        environment: { CLIPIA_MODELS_DIR: TEST_MODELS_FOLDER, OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: openai.url },
      })
    })
    afterEach(async () => {
      assert.deepEqual(await test.audit(), [])
      await test.close()
      await openai[Symbol.asyncDispose]()
    })

    it('is stored, measured, and served from here', async () => {
      openai.misbehave.set('submit', made(PNG))
      await submit()
      const { status, output } = await result()
      assert.equal(status, 'COMPLETED')
      const [{ url, width, height }] = output.images
      assert.deepEqual([width, height], [8, 6])
      assert.match(url, /^http:\/\/clipia\.test\/media\/\w+\.webp$/)
    })

    it('sends a file of ours within the request', async () => {
      openai.misbehave.set('submit', made(PNG))
      await submit({ image_url: 'http://clipia.test/media/samples/image.png' })
      assert.equal((await result()).status, 'COMPLETED')
      const { images } = JSON.parse(openai.calls[0]?.body ?? '')
      assert.match(images[0].image_url, /^(data:image\/png;base64,|http:\/\/clipia\.test\/)/)
    })

    it('waits while OpenAI is busy', async () => {
      openai.misbehave.set('submit', answer(429, { error: { code: 'rate_limit_exceeded' } }, { 'retry-after': '20' }))
      await submit()
      openai.misbehave.set('submit', made(PNG))
      test.clock.advance(19_000)
      await test.work()
      assert.equal(openai.calls.length, 1)
      test.clock.advance(2_000)
      await test.work()
      assert.equal((await result()).status, 'COMPLETED')
    })
  })
}
