import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { type Act, answer, hangUp } from '../testing/scripted-server.ts'
import { PRIVATE_BYTES, PRIVATE_URL, PUBLIC_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { createGoogleEngine } from './google-engine.ts'
import { BLOB, GEMINI_WIRE, IMAGEN_WIRE, PICTURE, VEO_WIRE } from './testing/google-wire.ts'

describeConformance(GEMINI_WIRE)
describeConformance(IMAGEN_WIRE)
describeConformance(VEO_WIRE)

const test = (wire: ProviderWire, name: string, use: (subject: Subject) => Promise<void>) =>
  it(name, () => withSubject(wire, use))
const inline = { mimeType: 'image/png', data: PRIVATE_BYTES.toString('base64') }

describe('the google engine, Gemini', () => {
  test(GEMINI_WIRE, 'sends the prompt, the pictures in their order, and how the image is to be', async (subject) => {
    const { engine, provider, job, context } = subject
    const media = [PUBLIC_URL, PRIVATE_URL]
    const input = { prompt: 'a fox', image_urls: media, aspect_ratio: '16:9', resolution: '2K', num_images: 1, seed: 7 }
    const made = await engine.start({ ...job, media, input }, context)
    assert.deepEqual('usage' in made && made.usage, { unit: 'token', amount: 1_300 })
    const [call] = provider.calls
    assert.equal(call?.headers['x-goog-api-key'], SECRET)
    assert.deepEqual(JSON.parse(call?.body ?? ''), {
      contents: [{ role: 'user', parts: [{ text: 'a fox' }, { inlineData: inline }, { inlineData: inline }] }],
      generationConfig: {
        responseModalities: ['IMAGE'],
        imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
        seed: 7,
      },
    })
  })

  test(GEMINI_WIRE, 'makes several images by as many calls, and adds up their tokens', async (subject) => {
    const { engine, provider, job, context } = subject
    const made = await engine.start({ ...job, input: { prompt: 'a fox', num_images: 3 } }, context)
    assert.ok('state' in made && made.state === 'finished')
    assert.deepEqual([made.media.length, made.usage?.amount, provider.calls.length], [3, 3_900, 3])
  })

  for (const [name, act, expected] of [
    ['refused', answer(429, {}), 'failed'],
    ['lost', hangUp, 'unknown'],
    ['rejected', answer(200, { promptFeedback: { blockReason: 'OTHER' } }), 'CONTENT_REJECTED'],
  ] as const satisfies readonly (readonly [string, Act, string])[]) {
    test(GEMINI_WIRE, `of several images one that is ${name} fails the job, with no second call`, async (subject) => {
      const { engine, provider, job, context } = subject
      const made = GEMINI_WIRE.standing('finished', 'result')
      let count = 0
      provider.misbehave.set('submit', (response, request) => {
        count += 1
        if (count === 2) act(response, request)
        else answer(200, made?.body)(response, request)
      })
      const started = engine.start({ ...job, input: { prompt: 'a fox', num_images: 3 } }, context)
      if (expected === 'unknown') await assert.rejects(started, (error: Error) => error.name !== 'NotAccepted')
      else {
        const ended = await started
        assert.ok('state' in ended && ended.state === 'failed')
        assert.equal(ended.code, expected === 'failed' ? 'GENERATION_FAILED' : expected)
        assert.equal(ended.isEngineFault ?? false, false)
      }
      assert.equal(provider.calls.length, 3)
    })
  }

  test(
    GEMINI_WIRE,
    'an image that does not come has a reason',
    async ({ engine, provider, job, context, warnings }) => {
      const without = (finishReason: string) =>
        answer(200, { candidates: [{ finishReason, content: { parts: [{ text: 'no' }] } }] })
      for (const [reason, code] of [
        ['IMAGE_PROHIBITED_CONTENT', 'CONTENT_REJECTED'],
        ['RECITATION', 'CONTENT_REJECTED'],
        ['NO_IMAGE', 'GENERATION_FAILED'],
        ['STOP', 'GENERATION_FAILED'],
      ] as const) {
        provider.misbehave.set('submit', without(reason))
        const ended = await engine.start(job, context)
        assert.ok('state' in ended && ended.state === 'failed')
        assert.equal(ended.code, code, reason)
      }
      assert.equal(warnings.length, 2)
    },
  )

  test(GEMINI_WIRE, 'a wrong key and a forbidden country are no fault of the input', async (subject) => {
    const { engine, provider, job, context } = subject
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
    for (const error of [{ status: 'INVALID_ARGUMENT', details }, { status: 'FAILED_PRECONDITION' }]) {
      provider.misbehave.set('submit', answer(400, { error: { code: 400, message: 'no', ...error } }))
      await assert.rejects(engine.start(job, context), { name: 'NotAccepted', isEngineFault: true })
    }
  })
})

describe('the google engine, Imagen', () => {
  const { settings } = IMAGEN_WIRE.job

  test(IMAGEN_WIRE, 'makes all images by one call', async ({ engine, provider, job, context }) => {
    const predictions = [1, 2].map(() => ({ bytesBase64Encoded: PICTURE, mimeType: 'image/png' }))
    provider.misbehave.set('submit', answer(200, { predictions }))
    const input = { prompt: 'a fox', num_images: 2, aspect_ratio: '1:1', resolution: '2K' }
    const made = await engine.start({ ...job, input }, context)
    assert.deepEqual('media' in made && made.media, [
      { kind: 'blob', blob: BLOB },
      { kind: 'blob', blob: BLOB },
    ])
    assert.deepEqual(JSON.parse(provider.calls[0]?.body ?? ''), {
      instances: [{ prompt: 'a fox' }],
      parameters: { sampleCount: 2, aspectRatio: '1:1', sampleImageSize: '2K', includeRaiReason: true },
    })
  })

  test(
    IMAGEN_WIRE,
    'is not offered by Google itself any more, only by others on its wire',
    async ({ parts, engine }) => {
      const atGoogle = createGoogleEngine({ ...parts, baseUrl: 'https://generativelanguage.googleapis.com' })
      assert.deepEqual([atGoogle.isActive(settings), engine.isActive(settings)], [false, true])
      for (const model of ['veo-2.0-generate-001', 'veo-3.1-generate-preview', 'veo-3.1-fast-generate-preview']) {
        assert.deepEqual([atGoogle.isActive({ model }), engine.isActive({ model })], [false, true], model)
      }
      for (const model of ['gemini-3.1-flash-image', 'gemini-3-pro-image', 'veo-4-generate']) {
        assert.equal(atGoogle.isActive({ model }), true, model)
      }
      for (const model of ['', 'models/veo', '../x', 7]) assert.equal(engine.isActive({ model }), false)
    },
  )
})

describe('the google engine, Veo', () => {
  test(VEO_WIRE, 'starts an operation with the first frame, in words of Google', async (subject) => {
    const { engine, provider, job, context } = subject
    const words = { prompt: 'a fox', duration: 8, resolution: '720p', aspect_ratio: '9:16', negative_prompt: 'rain' }
    const input = { ...words, image_url: PRIVATE_URL }
    assert.deepEqual(await engine.start({ ...job, media: [PRIVATE_URL], input }, context), {
      ticket: { operation: 'models/veo-3.1-generate-preview/operations/op1' },
    })
    const image = { bytesBase64Encoded: inline.data, mimeType: inline.mimeType }
    assert.deepEqual(JSON.parse(provider.calls[0]?.body ?? ''), {
      instances: [{ prompt: 'a fox', image }],
      parameters: { durationSeconds: 8, resolution: '720p', aspectRatio: '9:16', negativePrompt: 'rain' },
    })
  })

  test(VEO_WIRE, 'tells rejected content, a bad input and its own faults apart', async (subject) => {
    const { engine, provider, job, context } = subject
    const ticket = { operation: 'models/veo-3.1-generate-preview/operations/op1' }
    for (const [error, code, isEngineFault] of [
      [{ code: 3, message: 'The video violates usage guidelines' }, 'CONTENT_REJECTED', false],
      [{ code: 3, message: 'Unsupported image size' }, 'GENERATION_FAILED', false],
      [{ code: 14, message: 'Overloaded' }, 'GENERATION_FAILED', true],
      [{ code: 2 }, 'GENERATION_FAILED', false],
    ] as const) {
      provider.misbehave.set('check', answer(200, { name: ticket.operation, done: true, error }))
      const ended = await engine.check(job, ticket, context)
      assert.ok(ended.state === 'failed')
      assert.deepEqual([ended.code, ended.isEngineFault ?? false], [code, isEngineFault])
    }
  })

  test(VEO_WIRE, 'ends without a video now, not at the deadline', async (subject) => {
    const { engine, provider, job, context, warnings } = subject
    const ticket = { operation: 'models/veo-3.1-generate-preview/operations/op1' }
    for (const samples of [undefined, [], [{ video: { uri: 'gs://bucket/1.mp4' } }], [null]]) {
      const response = { generateVideoResponse: { generatedSamples: samples } }
      provider.misbehave.set('check', answer(200, { name: ticket.operation, done: true, response }))
      assert.equal((await engine.check(job, ticket, context)).state, 'failed')
    }
    assert.equal(warnings.length, 4)
  })

  test(VEO_WIRE, 'downloads with the key below the base URL only', async (subject) => {
    const { engine, provider, job, context, folder } = subject
    provider.misbehave.set('other', answer(200, 'the video'))
    await engine.download?.(job, { file: 'files/abc' }, join(folder, 'video'), context)
    assert.equal(await readFile(join(folder, 'video'), 'utf8'), 'the video')
    assert.equal(provider.calls[0]?.headers['x-goog-api-key'], SECRET)
    await assert.rejects(async () => engine.download?.(job, { file: '../x' }, join(folder, 'video'), context))
    const elsewhere = [{ video: { uri: 'https://bucket.example/1.mp4' } }]
    const body = { name: 'x', done: true, response: { generateVideoResponse: { generatedSamples: elsewhere } } }
    provider.misbehave.set('check', answer(200, body))
    const ticket = { operation: 'models/veo-3.1-generate-preview/operations/op1' }
    const ended = await engine.check(job, ticket, context)
    assert.deepEqual('media' in ended && ended.media, [{ kind: 'url', url: 'https://bucket.example/1.mp4' }])
  })
})
