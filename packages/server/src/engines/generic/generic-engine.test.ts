import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import { answer } from '../testing/scripted-server.ts'
import { NOW_MS, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { ACME_FILE } from './testing/acme-file.ts'
import { acmeWire, CALLBACK_SECRET } from './testing/acme-wire.ts'

describeConformance(acmeWire())

const test = (name: string, use: (subject: Subject) => Promise<void>, text = ACME_FILE) =>
  it(name, () => withSubject(acmeWire(text), use))
const edit = (from: string, to: string) => {
  assert.ok(ACME_FILE.includes(from), from)
  return ACME_FILE.replace(from, () => to)
}
const ticket = { id: 'j/1' }

describe('the engine of a file', () => {
  test('sends what the file says, and our id as the key', async ({ engine, provider, job, context }) => {
    const input = { prompt: 'a fox', size: 2, tags: ['x'] }
    const callbackUrl = 'https://api.example.com/callbacks/acme/1'
    assert.deepEqual(await engine.start({ ...job, input }, { ...context, callbackUrl }), { ticket })
    await engine.check(job, ticket, context)
    await engine.find?.(job, context)
    await engine.cancel?.(job, ticket, context)
    assert.deepEqual(
      provider.calls.map(({ method, target }) => `${method} ${target}`),
      [
        'POST /models/painter/v2/jobs',
        'GET /jobs/j/1?fields=all',
        `GET /jobs?reference=${job.requestId}`,
        'DELETE /jobs/j/1',
      ],
    )
    const [start] = provider.calls
    assert.deepEqual(JSON.parse(start?.body ?? ''), {
      prompt: 'a fox',
      parameters: { size: 2, tags: ['x'] },
      notify: callbackUrl,
    })
    assert.equal(start?.headers['idempotency-key'], job.requestId)
    for (const { headers } of provider.calls) {
      assert.deepEqual([headers.authorization, headers['x-acme-version']], [`Token ${SECRET}`, '2027-01-01'])
    }
    assert.equal(engine.traits.isStartIdempotent, true)
  })

  test('reads progress, seed and what a job cost', async ({ engine, provider, job, context }) => {
    assert.deepEqual(await engine.check(job, ticket, context), { state: 'running', percent: 40 })
    provider.standing = 'finished'
    const answered = await engine.check(job, ticket, context)
    assert.ok(answered.state === 'finished')
    assert.deepEqual([answered.seed, answered.usage], [11, { unit: 'usd', amount: 0.04 }])
    provider.standing = 'canceled'
    assert.deepEqual(await engine.check(job, ticket, context), { state: 'canceled', isCharged: true })
  })

  test('believes the words of its file whatever their type', async ({ engine, provider, job, context, warnings }) => {
    provider.misbehave.set('check', answer(200, { job: { state: 0 } }))
    assert.equal((await engine.check(job, ticket, context)).state, 'running')
    assert.deepEqual(warnings, [])
  })

  test('ends a job that the provider has lost', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('check', answer(410, {}))
    assert.equal((await engine.check(job, ticket, context)).state, 'failed')
    provider.misbehave.set('check', answer(404, {}))
    await assert.rejects(engine.check(job, ticket, context), { name: 'EngineBusy' })
  })

  test('finds nothing where the provider has nothing', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('find', answer(200, { jobs: [] }))
    assert.equal(await engine.find?.(job, context), null)
  })

  test(
    'takes the end of a job from the answer to its start, without tickets',
    async ({ engine, provider, job, context }) => {
      provider.misbehave.set(
        'submit',
        answer(200, { job: { state: 'done', files: { href: 'https://cdn.example/a.png' } } }),
      )
      assert.equal(Object.hasOwn(await engine.start(job, context), 'ticket'), false)
      provider.misbehave.set('submit', answer(200, { job: { state: 'working' } }))
      await assert.rejects(engine.start(job, context), /without a usable id/)
    },
    edit('  ticket: job.id\n', '').replace(/check:\n.*\n.*\n/, ''),
  )

  test(
    'asks for what a finished job made where that is an answer of its own',
    async ({ engine, provider, job, context }) => {
      provider.misbehave.set('check', answer(200, { job: { state: 'done' } }))
      provider.misbehave.set('cancel', answer(200, { job: { files: [{ href: 'https://cdn.example/b.png' }] } }))
      const answered = await engine.check(job, ticket, context)
      assert.ok(answered.state === 'finished')
      assert.deepEqual(answered.media, [{ kind: 'url', url: 'https://cdn.example/b.png' }])
    },
    edit('cancel:\n', 'result: { method: DELETE, path: "/jobs/{ticket}" }\ncancel:\n'),
  )

  test(
    'ends a job whose body cannot be made, without asking the provider',
    async ({ engine, provider, job, context, warnings }) => {
      const started = await engine.start(job, context)
      assert.ok('state' in started && started.state === 'failed')
      assert.deepEqual([provider.calls.length, warnings.length], [0, 1])
    },
    edit(`body: '{"prompt": input.prompt,`, `body: '{"prompt": $number(input.prompt),`),
  )

  test('is inactive for a route that lacks a setting its paths need', async ({ engine }) => {
    assert.equal(engine.isActive({}), false)
    assert.equal(engine.isActive({ model: '' }), false)
    assert.equal(engine.isActive({ model: 7 }), true)
  })

  test('keeps ids and settings of a path within it', async ({ engine, provider, job, context }) => {
    for (const id of ['../../admin', 'a//b', '.']) {
      await assert.rejects(engine.check(job, { id }, context), /empty or dot segments/)
    }
    assert.deepEqual(provider.calls, [])
  })

  test('believes callbacks that are signed with its secret, and knows which job they are about', async ({
    engine,
    context,
  }) => {
    const body = Buffer.from('{"job":{"id":"j-9"}}')
    const sign = (key: number) => {
      const timestamp = String(NOW_MS / 1000)
      const mac = createHmac('sha256', Buffer.alloc(24, key)).update(`m-1.${timestamp}.${body}`).digest('base64')
      return { 'webhook-id': 'm-1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
    }
    assert.match(CALLBACK_SECRET, /^whsec_/)
    assert.deepEqual(await engine.readCallback?.({ headers: sign(9), body }, context), { ticket: { id: 'j-9' } })
    assert.equal(await engine.readCallback?.({ headers: sign(8), body }, context), null)
  })
})
