import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { type Act, answer } from '../testing/scripted-server.ts'
import { NOW_MS, PRIVATE_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { FAL_WIRE } from './testing/fal-wire.ts'

describeConformance(FAL_WIRE)

const test = (name: string, use: (subject: Subject) => Promise<void>) => it(name, () => withSubject(FAL_WIRE, use))
const ticket = { request: '764cabcf-b745-4b3e-ae38-1200304cf45b' }

describe('the fal engine', () => {
  test('submits the input as the body, with our key, and asks below the first two parts of the model', async (subject) => {
    const { engine, provider, job, context } = subject
    assert.deepEqual(await engine.start(job, { ...context, callbackUrl: 'https://api.example.com/callbacks/fal/1' }), {
      ticket,
    })
    provider.standing = 'finished'
    await engine.check(job, ticket, context)
    await engine.cancel?.(job, ticket, context)
    assert.deepEqual(
      provider.calls.map(({ method, target, body }) => `${method} ${target} ${body}`),
      [
        `POST /fal-ai/flux/dev?fal_webhook=${encodeURIComponent('https://api.example.com/callbacks/fal/1')} ${JSON.stringify(job.input)}`,
        'GET /fal-ai/flux/requests/764cabcf-b745-4b3e-ae38-1200304cf45b/status?logs=0 ',
        'GET /fal-ai/flux/requests/764cabcf-b745-4b3e-ae38-1200304cf45b ',
        'PUT /fal-ai/flux/requests/764cabcf-b745-4b3e-ae38-1200304cf45b/cancel ',
      ],
    )
    for (const { headers } of provider.calls) assert.equal(headers.authorization, `Key ${SECRET}`)
  })

  test('tells the seed and what fal counts', async ({ engine, provider, job, context }) => {
    provider.standing = 'finished'
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'finished')
    assert.deepEqual([answered.seed, answered.usage], [42, { unit: 'unit', amount: 1.5 }])
  })

  test('uploads to a place it asks for, without our key there, for a day', async ({
    engine,
    provider,
    job,
    context,
  }) => {
    await engine.start({ ...job, media: [PRIVATE_URL], input: { image_url: PRIVATE_URL } }, context)
    const [initiate, put, submit] = provider.calls
    assert.deepEqual(JSON.parse(initiate?.body ?? ''), { content_type: 'image/png', file_name: 'input.png' })
    assert.equal(initiate?.headers['x-fal-object-lifecycle'], '{"expiration_duration_seconds":86400}')
    assert.deepEqual(
      [put?.method, put?.headers.authorization, put?.headers['content-type']],
      ['PUT', undefined, 'image/png'],
    )
    assert.deepEqual(JSON.parse(submit?.body ?? ''), { image_url: 'https://v3.fal.media/files/in.png' })
  })

  test('a storage that fails is proof that nothing began, and a reason to go elsewhere', async (subject) => {
    const { engine, provider, job, context } = subject
    provider.misbehave.set('upload', answer(500, {}))
    await assert.rejects(engine.start({ ...job, media: [PRIVATE_URL] }, context), {
      name: 'NotAccepted',
      isEngineFault: true,
    })
  })

  test('a file the provider could not read is the input of the caller', async ({ engine, provider, job, context }) => {
    provider.standing = 'finished'
    const detail = [{ loc: ['body', 'image_url'], msg: 'Failed to download', type: 'file_download_error' }]
    provider.misbehave.set('result', answer(422, { detail }))
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'failed')
    assert.equal(answered.code, 'INPUT_UNREACHABLE')
    assert.equal(answered.message, 'The provider refused the input: image_url: Failed to download')
  })

  test('pictures that are all flagged are rejected content, not an output', async ({
    engine,
    provider,
    job,
    context,
  }) => {
    provider.standing = 'finished'
    const images = [{ url: 'https://v3.fal.media/black.png' }]
    provider.misbehave.set('result', answer(200, { images, has_nsfw_concepts: [true] }))
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'failed')
    assert.equal(answered.code, 'CONTENT_REJECTED')
  })

  test('a result without media fails now, not at the deadline', async ({
    engine,
    provider,
    job,
    context,
    warnings,
  }) => {
    provider.standing = 'finished'
    for (const body of [{ images: [] }, { images: [{ url: 'file:///etc/passwd' }] }, { text: 'no' }]) {
      provider.misbehave.set('result', answer(200, body))
      assert.equal((await engine.check(job, ticket, context)).state, 'failed')
    }
    assert.equal(warnings.length, 3)
  })

  test('a failure is read wherever fal says it: in its status, by a word, in the result', async (subject) => {
    const { engine, provider, job, context, warnings } = subject
    const check = async (status: object, result: Act = answer(200, {})) => {
      provider.misbehave.set('check', answer(200, status))
      provider.misbehave.set('result', result)
      const ended = await engine.check(job, ticket, context)
      return [ended.state, 'isEngineFault' in ended]
    }
    const died = { error: 'Runner died', error_type: 'runner_disconnected' }
    assert.deepEqual(await check({ status: 'COMPLETED', ...died }), ['failed', false])
    assert.deepEqual(await check({ status: 'COMPLETED', ...died }, answer(503, { detail: 'died' })), ['failed', true])
    assert.deepEqual(await check({ status: 'FAILED', error: 'no' }), ['failed', false])
    assert.deepEqual(await check({ status: 'ERROR', error: 'no' }, answer(500, { detail: 'no' })), ['failed', true])
    const canceled = { error: 'cancelled', error_type: 'client_cancelled' }
    assert.deepEqual(await check({ status: 'COMPLETED', ...canceled }), ['canceled', false])
    assert.deepEqual(await check({ status: 'COMPLETED', ...canceled }, answer(499, {})), ['canceled', false])
    for (const status of ['CANCELED', 'CANCELLED']) assert.deepEqual(await check({ status }), ['canceled', false])
    assert.deepEqual(warnings, [])
  })

  test('a result that a gateway fails to hand over is asked for again', async ({ engine, provider, job, context }) => {
    provider.standing = 'finished'
    for (const act of [answer(502, 'bad gateway'), answer(404, { detail: 'Not found' }), answer(500, {})]) {
      provider.misbehave.set('result', act)
      await assert.rejects(engine.check(job, ticket, context), { name: 'EngineBusy' })
    }
  })

  test('a job that fal takes out of its queue is canceled at once', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('cancel', answer(200, { status: 'OK' }))
    assert.deepEqual(await engine.cancel?.(job, ticket, context), { state: 'canceled', isCharged: false })
    // By a cancel whose answer was lost.
    provider.misbehave.set('cancel', answer(404, { status: 'NOT_FOUND' }))
    assert.deepEqual(await engine.cancel?.(job, ticket, context), { state: 'canceled', isCharged: false })
    for (const act of [answer(400, { status: 'ALREADY_COMPLETED' }), answer(404, '<html>')]) {
      provider.misbehave.set('cancel', act)
      assert.equal(await engine.cancel?.(job, ticket, context), null)
    }
  })

  test('only names of models are active', async ({ engine }) => {
    for (const model of [
      'fal-ai/flux',
      'fal-ai/flux/dev',
      'workflows/me/mine',
      'bytedance/seedance-2.0/fast/image-to-video',
    ]) {
      assert.equal(engine.isActive({ model }), true, model)
    }
    for (const model of ['', 'flux', 'fal-ai/../x', 'fal-ai/flux?x', 'comfy/me', undefined, 5] as const) {
      assert.equal(engine.isActive({ ...(model !== undefined && { model }) }), false, String(model))
    }
  })
})

describe('callbacks of fal', () => {
  const [ours, strangers] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  const body = Buffer.from('{"request_id": "1", "gateway_request_id": "2", "status": "OK", "payload": {}}')
  const callback = (over: Partial<Record<string, string>> = {}, by = ours.privateKey) => {
    const headers: Record<string, string> = {
      'x-fal-webhook-request-id': 'r-1',
      'x-fal-webhook-user-id': 'u-1',
      'x-fal-webhook-timestamp': String(NOW_MS / 1000),
    }
    const lines = [...Object.values(headers), createHash('sha256').update(body).digest('hex')].join('\n')
    headers['x-fal-webhook-signature'] = sign(null, Buffer.from(lines), by).toString('hex')
    return { headers: { ...headers, ...over } as Record<string, string>, body }
  }
  const keysOf = (pair: typeof ours) => ({ status: 200, body: { keys: [pair.publicKey.export({ format: 'jwk' })] } })
  let keys = keysOf(ours)
  const wire: ProviderWire = {
    ...FAL_WIRE,
    operationOf: ({ target }) => (target === '/.well-known/jwks.json' ? 'find' : null),
    accepted: () => keys,
  }

  it('are believed when they are signed by a published key, which is read once a day without ours', () =>
    withSubject(wire, async ({ engine, provider, context }) => {
      for (let time = 0; time < 3; time += 1) {
        assert.deepEqual(await engine.readCallback?.(callback(), context), { ticket: { request: '1' } })
      }
      assert.equal(provider.calls.length, 1)
      assert.equal(provider.calls[0]?.headers.authorization, undefined)
    }))

  it('are not believed when anything of them is altered, old, or signed by somebody else', () =>
    withSubject(wire, async ({ engine, context }) => {
      const stale = String(NOW_MS / 1000 - 301)
      for (const wrong of [
        callback({ 'x-fal-webhook-request-id': 'r-2' }),
        callback({ 'x-fal-webhook-user-id': '' }),
        callback({ 'x-fal-webhook-timestamp': stale }),
        callback({ 'x-fal-webhook-signature': 'zz' }),
        callback({}, strangers.privateKey),
        { ...callback(), body: Buffer.from('{}') },
        { headers: {}, body },
      ]) {
        assert.equal(await engine.readCallback?.(wrong, context), null)
      }
    }))

  it('are believed after a change of keys, which a stranger cannot make us read at every call', () =>
    withSubject(wire, async ({ engine, provider, context }) => {
      await engine.readCallback?.(callback(), context)
      keys = keysOf(strangers)
      const later = { ...context, nowMs: NOW_MS + 60_000 }
      assert.notEqual(await engine.readCallback?.(callback({}, strangers.privateKey), later), null)
      for (let time = 0; time < 3; time += 1) await engine.readCallback?.(callback({}, ours.privateKey), later)
      assert.equal(provider.calls.length, 2)
      keys = keysOf(ours)
    }))

  it('are not believed, and thrown, while the keys cannot be read', () =>
    withSubject(wire, async ({ engine, provider, context }) => {
      provider.misbehave.set('find', answer(500, {}))
      await assert.rejects(async () => engine.readCallback?.(callback(), context), /keys of fal/)
    }))
})
