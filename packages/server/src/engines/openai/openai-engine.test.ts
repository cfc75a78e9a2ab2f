import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { answer } from '../testing/scripted-server.ts'
import { PRIVATE_BYTES, PRIVATE_URL, PUBLIC_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { createOpenaiEngine } from './openai-engine.ts'
import { IMAGES_WIRE, VIDEOS_WIRE } from './testing/openai-wire.ts'

describeConformance(IMAGES_WIRE)
describeConformance(VIDEOS_WIRE)

const DATA_URL = `data:image/png;base64,${PRIVATE_BYTES.toString('base64')}`
const test = (wire: ProviderWire, name: string, use: (subject: Subject) => Promise<void>) =>
  it(name, () => withSubject(wire, use))

describe('the openai engine, images', () => {
  test(IMAGES_WIRE, 'generates with the input as it is, and tells the tokens it took', async (subject) => {
    const { engine, provider, job, context } = subject
    const input = { prompt: 'a fox', n: 2, size: '1024x1024', quality: 'low' }
    const made = await engine.start({ ...job, input }, context)
    assert.deepEqual('usage' in made && made.usage, { unit: 'token', amount: 1_100 })
    const [call] = provider.calls
    assert.equal(`${call?.method} ${call?.target}`, 'POST /images/generations')
    assert.equal(call?.headers.authorization, `Bearer ${SECRET}`)
    assert.deepEqual(JSON.parse(call?.body ?? ''), { model: 'gpt-image-2', ...input })
  })

  test(
    IMAGES_WIRE,
    'edits where pictures are given, in their order, within the request where needed',
    async (subject) => {
      const { engine, provider, job, context } = subject
      const media = [PUBLIC_URL, PRIVATE_URL]
      await engine.start({ ...job, media, input: { prompt: 'a fox', image_urls: media, n: 1 } }, context)
      const [call] = provider.calls
      assert.equal(call?.target, '/images/edits')
      const images = [{ image_url: PUBLIC_URL }, { image_url: DATA_URL }]
      assert.deepEqual(JSON.parse(call?.body ?? ''), { model: 'gpt-image-2', prompt: 'a fox', n: 1, images })
    },
  )

  test(IMAGES_WIRE, 'takes URLs of servers that answer with them', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('submit', answer(200, { data: [{ url: 'https://pictures.example/2.png' }] }))
    const made = await engine.start(job, context)
    assert.deepEqual('media' in made && made.media, [{ kind: 'url', url: 'https://pictures.example/2.png' }])
  })

  test(IMAGES_WIRE, 'pictures that are no base64, or none at all, fail', async (subject) => {
    const { engine, provider, job, context, warnings } = subject
    for (const data of [[], [{ b64_json: 'no!' }], [{ b64_json: '' }], [{}]]) {
      provider.misbehave.set('submit', answer(200, { data }))
      const made = await engine.start(job, context)
      assert.ok('state' in made && made.state === 'failed', JSON.stringify(made))
    }
    assert.equal(warnings.length, 4)
  })

  test(IMAGES_WIRE, 'a limit of the account is no fault of the input', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('submit', answer(400, { error: { code: 'billing_hard_limit_reached', message: 'no' } }))
    await assert.rejects(engine.start(job, context), { name: 'NotAccepted', isEngineFault: true })
  })
})

describe('the openai engine, videos', () => {
  test(VIDEOS_WIRE, 'submits the first frame as a reference and asks by the id', async (subject) => {
    const { engine, provider, job, context } = subject
    const input = { prompt: 'a fox', seconds: '4', size: '1280x720' }
    const started = await engine.start(
      { ...job, media: [PRIVATE_URL], input: { ...input, image_url: PRIVATE_URL } },
      context,
    )
    assert.deepEqual(started, { ticket: { video: 'video_123' } })
    const body = { model: 'sora-2', ...input, input_reference: { image_url: DATA_URL } }
    assert.deepEqual(JSON.parse(provider.calls[0]?.body ?? ''), body)
    const answered = await engine.check(job, { video: 'video_123' }, context)
    assert.deepEqual(answered, { state: 'running', percent: 40 })
  })

  test(VIDEOS_WIRE, 'downloads the video with our key, and asks again for one that does not come', async (subject) => {
    const { engine, provider, job, context, folder } = subject
    const path = join(folder, 'video')
    provider.misbehave.set('other', answer(200, 'the video'))
    await engine.download?.(job, { video: 'video_123' }, path, context)
    assert.equal(await readFile(path, 'utf8'), 'the video')
    assert.equal(provider.calls[0]?.headers.authorization, `Bearer ${SECRET}`)
    provider.misbehave.set('other', answer(404, { error: { code: 'expired' } }))
    await assert.rejects(async () => engine.download?.(job, { video: 'video_123' }, path, context))
    await assert.rejects(async () => engine.download?.(job, { video: '../models' }, path, context))
  })

  test(VIDEOS_WIRE, 'is not offered by OpenAI itself any more, only by others on its wire', async ({ parts, job }) => {
    const atOpenai = createOpenaiEngine({ ...parts, baseUrl: 'https://api.openai.com/v1' })
    assert.equal(atOpenai.isActive(job.settings), false)
    assert.equal(atOpenai.isActive({ model: 'gpt-image-2' }), true)
    assert.equal(atOpenai.isActive({}), false)
  })
})
