import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { answer } from '../testing/scripted-server.ts'
import { PRIVATE_BYTES, PRIVATE_URL, PUBLIC_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { SEEDANCE_WIRE, SEEDREAM_WIRE, VIDEO_URL } from './testing/bytedance-wire.ts'

describeConformance(SEEDANCE_WIRE)
describeConformance(SEEDREAM_WIRE)

const test = (wire: ProviderWire, name: string, use: (subject: Subject) => Promise<void>) =>
  it(name, () => withSubject(wire, use))
const DATA_URL = `data:image/png;base64,${PRIVATE_BYTES.toString('base64')}`
const ticket = { task: 'cgt-1' }

describe('the bytedance engine, Seedance', () => {
  test(
    SEEDANCE_WIRE,
    'sends text and pictures as content, each with its role, and all else beside it',
    async (subject) => {
      const { engine, provider, job, context } = subject
      const files = { image_url: PRIVATE_URL, end_image_url: PUBLIC_URL, video_url: 'https://pictures.example/1.mp4' }
      const words = { ratio: '16:9', resolution: '720p', duration: 5, watermark: false, generate_audio: true }
      const input = { prompt: 'a fox', ...files, ...words }
      const reachable = { ...job, media: [PRIVATE_URL, PUBLIC_URL], input: { ...input, video_url: PUBLIC_URL } }
      assert.deepEqual(await engine.start(reachable, context), { ticket })
      const [call] = provider.calls
      assert.equal(call?.headers.authorization, `Bearer ${SECRET}`)
      assert.deepEqual(JSON.parse(call?.body ?? ''), {
        model: 'seedance-1-5-pro-251215',
        content: [
          { type: 'text', text: 'a fox' },
          { type: 'image_url', image_url: { url: DATA_URL }, role: 'first_frame' },
          { type: 'image_url', image_url: { url: PUBLIC_URL }, role: 'last_frame' },
          { type: 'video_url', video_url: { url: PUBLIC_URL }, role: 'reference_video' },
        ],
        ...words,
      })
    },
  )

  test(SEEDANCE_WIRE, 'leaves an empty prompt out', async ({ engine, provider, job, context }) => {
    await engine.start({ ...job, media: [PUBLIC_URL], input: { prompt: '', image_url: PUBLIC_URL } }, context)
    assert.equal(JSON.parse(provider.calls[0]?.body ?? '').content.length, 1)
  })

  test(SEEDANCE_WIRE, 'tells the seed and the tokens it took', async ({ engine, provider, job, context }) => {
    provider.standing = 'finished'
    const usage = { unit: 'token', amount: 108_900 }
    const media = [{ kind: 'url', url: VIDEO_URL }]
    assert.deepEqual(await engine.check(job, ticket, context), { state: 'finished', media, seed: 42, usage })
  })

  test(SEEDANCE_WIRE, 'never deletes the record of a task that runs or is over', async (subject) => {
    const { engine, provider, job, context } = subject
    for (const standing of ['running', 'finished', 'failed', 'canceled'] as const) {
      provider.standing = standing
      assert.equal(await engine.cancel?.(job, ticket, context), null)
    }
    assert.ok(!provider.calls.some(({ method }) => method === 'DELETE'))
    provider.standing = 'queued'
    assert.deepEqual(await engine.cancel?.(job, ticket, context), { state: 'canceled', isCharged: false })
    provider.misbehave.set('cancel', answer(409, { error: { code: 'InvalidAction.RunningTaskDeletion' } }))
    assert.equal(await engine.cancel?.(job, ticket, context), null)
  })

  test(SEEDANCE_WIRE, 'a task that expired is over, and may be made elsewhere', async (subject) => {
    const { engine, provider, job, context } = subject
    provider.misbehave.set('check', answer(200, { id: 'cgt-1', status: 'expired' }))
    const ended = await engine.check(job, ticket, context)
    assert.ok(ended.state === 'failed')
    assert.deepEqual([ended.code, ended.isEngineFault], ['TIMED_OUT', true])
  })

  test(SEEDANCE_WIRE, 'a success without a video fails now, not at the deadline', async (subject) => {
    const { engine, provider, job, context, warnings } = subject
    for (const content of [undefined, {}, { video_url: 'tos://bucket/1' }]) {
      provider.misbehave.set('check', answer(200, { id: 'cgt-1', status: 'succeeded', content }))
      assert.equal((await engine.check(job, ticket, context)).state, 'failed')
    }
    assert.equal(warnings.length, 3)
  })

  test(SEEDANCE_WIRE, 'tells what is wrong with an input without the id of a request', async (subject) => {
    const { engine, provider, job, context } = subject
    provider.misbehave.set('submit', answer(400, SEEDANCE_WIRE.refused.body))
    const ended = await engine.start(job, context)
    const message = 'The provider refused the input: The parameter duration is not valid.'
    assert.equal('message' in ended && ended.message, message)
    for (const code of ['InvalidEndpoint.ClosedEndpoint', 'ContentSecurityDetectionError']) {
      provider.misbehave.set('submit', answer(400, { error: { code } }))
      await assert.rejects(engine.start(job, context), { name: 'NotAccepted' })
    }
  })
})

describe('the bytedance engine, Seedream', () => {
  test(SEEDREAM_WIRE, 'sends the input as it is, pictures included, and tells what was counted', async (subject) => {
    const { engine, provider, job, context } = subject
    const media = [PRIVATE_URL, PUBLIC_URL]
    const input = { prompt: 'a fox', image: media, size: '2048x2048', watermark: false }
    const made = await engine.start({ ...job, media, input }, context)
    assert.deepEqual('usage' in made && made.usage, { unit: 'image', amount: 1 })
    const body = { model: 'seedream-4-5-251128', ...input, image: [DATA_URL, PUBLIC_URL] }
    assert.deepEqual(JSON.parse(provider.calls[0]?.body ?? ''), body)
  })

  test(SEEDREAM_WIRE, 'takes pictures within the answer', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('submit', answer(200, { data: [{ b64_json: 'cGljdHVyZQ==' }] }))
    const made = await engine.start(job, context)
    assert.equal('media' in made && made.media[0]?.kind, 'blob')
  })

  test(SEEDREAM_WIRE, 'of several pictures one that failed fails the job, on this route', async (subject) => {
    const { engine, provider, job, context } = subject
    const failed = { error: { code: 'InternalServiceError', message: 'no' } }
    provider.misbehave.set('submit', answer(200, { data: [{ url: 'https://ark-content.example/1.jpeg' }, failed] }))
    const ended = await engine.start(job, context)
    assert.ok('state' in ended && ended.state === 'failed')
    assert.equal(ended.isEngineFault ?? false, false)
  })

  test(SEEDREAM_WIRE, 'a call for images cannot be canceled, a video only while it waits', async ({ engine, job }) => {
    assert.equal(engine.cancelable?.(job), 'never')
    assert.equal(engine.cancelable?.({ ...job, type: 'video' }), 'waiting')
  })
})
