import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Job } from '../engine.ts'
import { describeConformance } from '../testing/conformance.ts'
import type { ProviderWire } from '../testing/provider-wire.ts'
import { answer } from '../testing/scripted-server.ts'
import { NOW_MS, PRIVATE_BYTES, PRIVATE_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { REPLICATE_WIRE } from './testing/replicate-wire.ts'

describeConformance(REPLICATE_WIRE)

const test = (name: string, use: (subject: Subject) => Promise<void>) =>
  it(name, () => withSubject(REPLICATE_WIRE, use))
const ticket = { prediction: 'rrr4z55ocneqzikepnug6xezpe' }
const VERSION = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b'

describe('the Replicate engine', () => {
  test('makes a prediction of an official model, with our token, and asks for it by its id', async (subject) => {
    const { engine, provider, job, context } = subject
    const callbackUrl = 'https://api.example.com/callbacks/replicate/1'
    assert.deepEqual(await engine.start(job, { ...context, callbackUrl }), { ticket })
    await engine.check(job, ticket, context)
    await engine.cancel?.(job, ticket, context)
    assert.deepEqual(
      provider.calls.map(({ method, target, body }) => `${method} ${target} ${body}`),
      [
        `POST /models/black-forest-labs/flux-schnell/predictions ${JSON.stringify({ input: job.input, webhook: callbackUrl, webhook_events_filter: ['completed'] })}`,
        'GET /predictions/rrr4z55ocneqzikepnug6xezpe ',
        'POST /predictions/rrr4z55ocneqzikepnug6xezpe/cancel ',
      ],
    )
    for (const { headers } of provider.calls) assert.equal(headers.authorization, `Bearer ${SECRET}`)
  })

  it('names a version in the body, and a deployment in the path', () =>
    withSubject({ ...REPLICATE_WIRE, operationOf: () => 'submit' }, async ({ engine, provider, job, context }) => {
      await engine.start({ ...job, settings: { model: `stability-ai/sdxl:${VERSION}` } }, context)
      await engine.start({ ...job, settings: { deployment: 'acme/painter' } }, context)
      assert.deepEqual(
        provider.calls.map(({ target, body }) => [target, JSON.parse(body)]),
        [
          ['/predictions', { version: VERSION, input: job.input }],
          ['/deployments/acme/painter/predictions', { input: job.input }],
        ],
      )
    }))

  test('uploads a file as a form and names it by its URL', async ({ engine, provider, job, context }) => {
    await engine.start({ ...job, media: [PRIVATE_URL], input: { image: PRIVATE_URL } }, context)
    const [upload, submit] = provider.calls
    assert.match(String(upload?.headers['content-type']), /^multipart\/form-data; boundary=/)
    assert.ok(upload?.body.includes('name="content"; filename="input.png"'))
    assert.ok(upload?.body.includes(PRIVATE_BYTES.toString()))
    assert.deepEqual(JSON.parse(submit?.body ?? ''), { input: { image: 'https://api.replicate.com/v1/files/f-1' } })
  })

  test('reads the progress that a model prints', async ({ engine, job, context }) => {
    assert.deepEqual(await engine.check(job, ticket, context), { state: 'running', percent: 40 })
  })

  test('tells the seconds a model ran', async ({ engine, provider, job, context }) => {
    provider.standing = 'finished'
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'finished')
    assert.deepEqual(answered.usage, { unit: 'second', amount: 1.25 })
  })

  test('does not go elsewhere with what ran and failed: it may have been charged', async (subject) => {
    const { engine, provider, job, context } = subject
    const body = { status: 'failed', error: 'CUDA out of memory at /src/predict.py', metrics: { predict_time: 4 } }
    provider.misbehave.set('check', answer(200, body))
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'failed')
    assert.deepEqual([answered.isEngineFault ?? false, answered.usage?.amount], [false, 4])
  })

  test('takes a lone URL, and fails without media', async ({ engine, provider, job, context, warnings }) => {
    provider.misbehave.set('check', answer(200, { status: 'succeeded', output: 'https://replicate.delivery/a.mp4' }))
    assert.equal((await engine.check(job, ticket, context)).state, 'finished')
    provider.misbehave.set('check', answer(200, { status: 'succeeded', output: null, data_removed: true }))
    assert.equal((await engine.check(job, ticket, context)).state, 'failed')
    assert.equal(warnings.length, 1)
  })

  test('only names of models and deployments are active', async ({ engine }) => {
    const names: Job['settings'][] = [{ model: 'a/b' }, { model: `a/b:${VERSION}` }, { deployment: 'a/b' }]
    for (const settings of names) {
      assert.equal(engine.isActive(settings), true)
    }
    const others: Job['settings'][] = [
      {},
      { model: 'b' },
      { model: 'a/b:1' },
      { model: 'a/../b' },
      { model: 'a/b', deployment: 'a/b' },
    ]
    for (const settings of others) {
      assert.equal(engine.isActive(settings), false)
    }
  })
})

describe('callbacks of Replicate', () => {
  const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`
  const wire: ProviderWire = {
    ...REPLICATE_WIRE,
    operationOf: ({ target }) => (target === '/webhooks/default/secret' ? 'find' : null),
    accepted: () => ({ status: 200, body: { key: secret } }),
  }
  const callback = (over: Record<string, string> = {}, key = Buffer.alloc(24, 5)) => {
    const body = Buffer.from('{"id":"p-1","status":"succeeded"}')
    const timestamp = String(NOW_MS / 1000)
    const signature = createHmac('sha256', key).update(`msg-1.${timestamp}.${body}`).digest('base64')
    const headers = {
      'webhook-id': 'msg-1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,AAAA v1,${signature}`,
    }
    return { headers: { ...headers, ...over }, body }
  }

  it('are believed when they are signed with the secret of the account, which is read once', () =>
    withSubject(wire, async ({ engine, provider, context }) => {
      for (let time = 0; time < 3; time += 1) {
        assert.deepEqual(await engine.readCallback?.(callback(), context), { ticket: { prediction: 'p-1' } })
      }
      assert.equal(provider.calls.length, 1)
    }))

  it('are not believed when anything of them is altered, old, or signed with another secret', () =>
    withSubject(wire, async ({ engine, context }) => {
      for (const wrong of [
        callback({ 'webhook-id': 'msg-2' }),
        callback({ 'webhook-timestamp': String(NOW_MS / 1000 - 301) }),
        callback({ 'webhook-signature': 'v1,AAAA' }),
        callback({ 'webhook-signature': '' }),
        callback({}, Buffer.alloc(24, 6)),
        { ...callback(), body: Buffer.from('{}') },
      ]) {
        assert.equal(await engine.readCallback?.(wrong, context), null)
      }
    }))

  it('are not believed while there is no secret', () =>
    withSubject({ ...wire, accepted: () => ({ status: 200, body: {} }) }, async ({ engine, context }) => {
      assert.equal(await engine.readCallback?.(callback({}, Buffer.alloc(0)), context), null)
    }))
})
