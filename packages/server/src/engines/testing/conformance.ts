import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonValue } from '../../json.ts'
import { NotAccepted, type Outcome, type Progress } from '../engine.ts'
import { describeDownloads } from './conformance-downloads.ts'
import type { Operation, ProviderWire, Standing } from './provider-wire.ts'
import { type Act, answer, cutShort, drip, hangUp, reset } from './scripted-server.ts'
import { PRIVATE_BYTES, PRIVATE_URL, PROMPT, PUBLIC_URL, SECRET, type Subject, withSubject } from './subject.ts'

const BUSY = answer(429, { detail: 'Too many requests' }, { 'retry-after': '7' })
const BROKEN = answer(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })
const PAGE = answer(200, '<html>Welcome</html>', { 'content-type': 'text/html' })

/** What every engine guarantees, whatever its provider: register it in the engine's test file. */
export function describeConformance(wire: ProviderWire): void {
  const test = (name: string, use: (subject: Subject) => Promise<void>) => it(name, () => withSubject(wire, use))
  const failureOf = async (call: Promise<unknown>): Promise<Error> =>
    call.then(
      (value) => assert.fail(`it did not fail: ${JSON.stringify(value)}`),
      (error: unknown) => {
        assert.ok(error instanceof Error)
        assert.ok(!JSON.stringify([error.message, error.stack, String(error.cause)]).includes(SECRET), 'no secret')
        return error
      },
    )
  const ticketOf = async ({ engine, job, context }: Subject) => {
    const started = await engine.start(job, context)
    assert.ok('ticket' in started, JSON.stringify(started))
    return JSON.parse(JSON.stringify(started.ticket))
  }
  const checkAt = async (subject: Subject, standing: Standing): Promise<Progress | Outcome | null> => {
    if (wire.standing(standing, wire.isSynchronous ? 'result' : 'check') === null) return null
    if (wire.isSynchronous) {
      subject.provider.standing = standing
      const started = await subject.engine.start(subject.job, subject.context)
      return 'state' in started ? started : assert.fail('the answer was there at once')
    }
    const ticket = await ticketOf(subject)
    subject.provider.standing = standing
    return subject.engine.check(subject.job, ticket, subject.context)
  }
  const sent = ({ provider }: Subject, operation: Operation) =>
    provider.calls.filter((call) => call.operation === operation)

  describe(`${wire.name} conforms: start`, () => {
    test('accepts a job once and keeps a ticket that survives the database', async (subject) => {
      if (wire.isSynchronous) assert.equal((await checkAt(subject, 'finished'))?.state, 'finished')
      else assert.notEqual(await ticketOf(subject), null)
      const [call, ...more] = sent(subject, 'submit')
      assert.deepEqual(more, [])
      assert.ok(call?.body.includes(JSON.stringify(PROMPT).slice(1, -1)), 'the prompt arrives as it is')
      assert.ok(!JSON.stringify(call).includes(subject.job.accountId), 'the account stays ours')
    })

    for (const [name, act, retryAfterMs] of [
      ['too many requests', BUSY, 7_000],
      ['a wrong credential', answer(401, { detail: 'no' }), undefined],
      ['no money', answer(402, { detail: 'no' }), undefined],
      ['no permission', answer(403, { detail: 'no' }), undefined],
      ['a model that is not there', answer(404, { detail: 'no' }), undefined],
    ] as const) {
      test(`takes ${name} for proof that nothing began`, async ({ engine, provider, job, context }) => {
        provider.misbehave.set('submit', act)
        const error = await failureOf(engine.start(job, context))
        assert.ok(error instanceof NotAccepted && error.isEngineFault, String(error))
        assert.equal(error.retryAfterMs, retryAfterMs)
      })
    }

    test('takes a refused connection for proof that nothing began', async ({ engine, provider, job, context }) => {
      provider.stopListening()
      assert.ok((await failureOf(engine.start(job, context))) instanceof NotAccepted)
    })

    for (const [name, act] of [
      ['a 502 of a proxy', BROKEN],
      ['a 503', answer(503, { detail: 'down' }, { 'retry-after': '7' })],
      ['a time-out of the provider', answer(504, { detail: 'time-out' })],
      ['a connection that ends', hangUp],
      ['a connection that is reset', reset],
      ['an answer cut short', cutShort],
      ['a page under a status of success', PAGE],
      ['an empty object under a status of success', answer(200, {})],
      ['an error under a status of success', answer(200, { error: { message: 'Something went wrong' } })],
      ['a redirect', answer(307, '', { location: 'http://127.0.0.1:9/elsewhere' })],
    ] as const satisfies readonly (readonly [string, Act])[]) {
      test(`leaves it unknown what became of a start after ${name}`, async ({ engine, provider, job, context }) => {
        provider.misbehave.set('submit', act)
        assert.ok(!((await failureOf(engine.start(job, context))) instanceof NotAccepted))
      })
    }

    test('leaves a start unknown, and lets go, when the step is aborted', async ({
      engine,
      provider,
      job,
      context,
    }) => {
      const abort = new AbortController()
      provider.misbehave.set('submit', (response, request) => {
        drip(response, request)
        abort.abort(new Error('the lease ends'))
      })
      const error = await failureOf(engine.start(job, { ...context, signal: abort.signal }))
      assert.ok(!(error instanceof NotAccepted))
    })

    test('ends a job whose input is refused', async ({ engine, provider, job, context }) => {
      const { status, body, headers } = wire.refused
      provider.misbehave.set('submit', answer(status, body, headers))
      const started = await engine.start(job, context)
      assert.ok('state' in started && started.state === 'failed', JSON.stringify(started))
      assert.deepEqual(
        [started.code, started.isCharged, started.isEngineFault ?? false],
        ['GENERATION_FAILED', false, false],
      )
    })

    if (wire.rejectedAtOnce !== null) {
      const { status, body, headers } = wire.rejectedAtOnce
      test('tells rejected content from refused input', async ({ engine, provider, job, context }) => {
        provider.misbehave.set('submit', answer(status, body, headers))
        const started = await engine.start(job, context)
        assert.ok('state' in started && started.state === 'failed')
        assert.equal(started.code, 'CONTENT_REJECTED')
      })
    }
  })

  describeDownloads(wire)
  if (wire.handsInputsOver !== false) describeInputs(wire, test, failureOf)

  describe(`${wire.name} conforms: check`, () => {
    for (const standing of ['queued', 'running'] as const) {
      test(`a ${standing} job is running`, async (subject) => {
        const answered = await checkAt(subject, standing)
        if (answered === null) return
        assert.equal(answered.state, 'running')
        assert.deepEqual(subject.warnings, [])
      })
    }

    test('a word nobody knows is a job that is alive, with a warning', async (subject) => {
      if (wire.isSynchronous || wire.standing('unknown-word', 'check') === null) return
      const answered = await checkAt(subject, 'unknown-word')
      assert.equal(answered?.state, 'running')
      assert.equal(subject.warnings.length, 1)
    })

    test('a finished job names its media', async (subject) => {
      const answered = await checkAt(subject, 'finished')
      assert.ok(answered?.state === 'finished', JSON.stringify(answered))
      assert.deepEqual(answered.media, wire.media)
    })

    test('a failed job says so in a message for callers, and whose fault it was', async (subject) => {
      const answered = await checkAt(subject, 'failed')
      if (answered === null && wire.isSynchronous) return
      assert.ok(answered?.state === 'failed', JSON.stringify(answered))
      assert.equal(answered.code, 'GENERATION_FAILED')
      assert.equal(answered.isEngineFault ?? false, wire.isFailureItsOwnFault)
      assert.ok(answered.message.length > 5 && !answered.message.includes(PROMPT))
    })

    test('rejected content is told apart from a failure, and is no reason to go elsewhere', async (subject) => {
      const answered = await checkAt(subject, 'rejected')
      if (answered === null) return
      assert.ok(answered.state === 'failed', JSON.stringify(answered))
      assert.deepEqual([answered.code, answered.isEngineFault ?? false], ['CONTENT_REJECTED', false])
    })

    test('a canceled job is canceled', async (subject) => {
      const answered = await checkAt(subject, 'canceled')
      if (answered !== null) assert.equal(answered.state, 'canceled')
    })

    for (const [name, act] of [
      ['too many requests', BUSY],
      ['a 502 of a proxy', BROKEN],
      ['a wrong credential', answer(401, { detail: 'no' })],
      ['a connection that ends', hangUp],
      ['an answer cut short', cutShort],
      ['a page under a status of success', PAGE],
      ['an empty object', answer(200, {})],
      ['a redirect', answer(307, '', { location: 'http://127.0.0.1:9/elsewhere' })],
    ] as const satisfies readonly (readonly [string, Act])[]) {
      test(`a check that meets ${name} decides nothing`, async (subject) => {
        if (wire.isSynchronous) return
        const ticket = await ticketOf(subject)
        for (const operation of ['check', 'result'] as const) subject.provider.misbehave.set(operation, act)
        await failureOf(subject.engine.check(subject.job, ticket, subject.context))
      })
    }

    test('a check that drips is left when the step is aborted', async (subject) => {
      if (wire.isSynchronous) return
      const ticket = await ticketOf(subject)
      const abort = new AbortController()
      subject.provider.misbehave.set('check', (response, request) => {
        drip(response, request)
        abort.abort(new Error('the lease ends'))
      })
      await failureOf(subject.engine.check(subject.job, ticket, { ...subject.context, signal: abort.signal }))
    })

    test('a ticket of somebody else is refused without a request', async (subject) => {
      const strange: JsonValue[] = [null, 'x', {}, { request: '../../models' }, { id: '' }, []]
      for (const ticket of strange) {
        await failureOf(subject.engine.check(subject.job, ticket, subject.context))
      }
      assert.deepEqual(subject.provider.calls, [])
    })
  })

  describe(`${wire.name} conforms: cancel and set-up`, () => {
    test('a cancel may be repeated, and one that comes too late is no error', async (subject) => {
      const { engine, job, context, provider } = subject
      if (engine.cancel === undefined || wire.isSynchronous) return
      const ticket = await ticketOf(subject)
      provider.standing = 'queued'
      for (let time = 0; time < 2; time += 1) {
        const ended = await engine.cancel(job, ticket, context)
        assert.ok(ended === null || ended.state === 'canceled')
      }
      assert.equal(provider.calls.filter(({ operation }) => operation === 'cancel').length, 2)
      provider.misbehave.set('cancel', BUSY)
      await failureOf(engine.cancel(job, ticket, context))
    })

    test('a start is found again where the engine can find', async (subject) => {
      const { engine, job, context, provider } = subject
      if (engine.find === undefined) return
      const ticket = await ticketOf(subject)
      assert.deepEqual(await engine.find(job, context), { ticket })
      for (const operation of ['find', 'check', 'other'] as const) provider.misbehave.set(operation, BROKEN)
      await failureOf(engine.find(job, context))
    })

    test('it is active with its settings, and not without what they must name', async ({ engine, job }) => {
      assert.equal(engine.isActive(), true)
      assert.equal(engine.isActive(job.settings), true)
      assert.equal(engine.traits.capacity, 4)
    })
  })
}

function describeInputs(
  wire: ProviderWire,
  test: (name: string, use: (subject: Subject) => Promise<void>) => void,
  failureOf: (call: Promise<unknown>) => Promise<Error>,
): void {
  describe(`${wire.name} conforms: inputs`, () => {
    test('hands over what the provider cannot reach, and names what it can', async (subject) => {
      const { engine, provider, context } = subject
      const media = [PRIVATE_URL, PUBLIC_URL]
      const job = { ...subject.job, media, input: { ...subject.job.input, image_url: PRIVATE_URL, more: [PUBLIC_URL] } }
      await engine.start(job, context)
      const submitted = provider.calls.find(({ operation }) => operation === 'submit')?.body ?? ''
      assert.ok(!submitted.includes('127.0.0.1:3000'), 'our own address is told to nobody')
      assert.equal(submitted.includes(PUBLIC_URL), wire.passesUrlsOn ?? true)
      const bytes = wire.upload === undefined ? submitted : provider.calls.map(({ body }) => body).join('')
      const isInline = bytes.includes(PRIVATE_BYTES.toString('base64'))
      assert.ok(isInline || bytes.includes(PRIVATE_BYTES.toString()), 'the bytes arrive')
    })

    test('ends a job whose input cannot be had, before the provider is asked', async (subject) => {
      const url = 'http://127.0.0.1:3000/media/gone.png'
      const job = { ...subject.job, media: [url], input: { ...subject.job.input, image_url: url } }
      const started = await subject.engine.start(job, subject.context)
      assert.ok('state' in started && started.state === 'failed')
      assert.equal(started.code, 'INPUT_UNREACHABLE')
      assert.deepEqual(subject.provider.calls, [])
    })

    test('has begun nothing when the time for inputs runs out', async (subject) => {
      const signal = AbortSignal.abort(new Error('the lease ends'))
      const job = { ...subject.job, media: [PRIVATE_URL], input: { ...subject.job.input, image_url: PRIVATE_URL } }
      const error = await failureOf(subject.engine.start(job, { ...subject.context, signal }))
      assert.ok(error instanceof NotAccepted && !error.isEngineFault)
    })
  })
}
