import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NotAccepted, type Started } from '../engine.ts'
import { type Act, answer, cutShort, hang, hangUp, reset, startScriptedServer } from '../testing/scripted-server.ts'
import { JOB, makeContext, makeEngine, NOW_MS } from './testing/test-engine.ts'

async function startOn(act: Act): Promise<{ started: Started; warnings: string[] }> {
  await using server = await startScriptedServer(act)
  const { engine, warnings } = makeEngine(server)
  return { started: await engine.start(JOB, makeContext()), warnings }
}

async function failureOn(act: Act): Promise<Error> {
  return startOn(act).then(
    ({ started }) => assert.fail(`it started: ${JSON.stringify(started)}`),
    (error: unknown) => (error instanceof Error ? error : assert.fail('it threw no error')),
  )
}

test('a start sends exactly the job, our id as the idempotency key and the token', async () => {
  await using server = await startScriptedServer(answer(202, { job: 'j-1', client_id: JOB.requestId, state: 'queued' }))
  const started = await makeEngine(server).engine.start(JOB, makeContext())
  assert.deepEqual(started, { ticket: { job: 'j-1' } })
  assert.equal(server.received.length, 1)
  const [request] = server.received
  assert.equal(`${request?.method} ${request?.target}`, 'POST /v2/jobs')
  assert.equal(request?.headers.authorization, 'Bearer gpu-token-1')
  assert.equal(request?.headers['idempotency-key'], JOB.requestId)
  assert.equal(request?.headers['content-type'], 'application/json')
  assert.equal(request?.headers.accept, 'application/json')
  assert.deepEqual(JSON.parse(request?.body ?? ''), {
    id: JOB.requestId,
    model: 'acme/painter',
    type: 'image',
    input: { prompt: 'a "lighthouse"\nat dusk', num_images: 2 },
    settings: { checkpoint: 'painter-v2' },
  })
  assert.ok(!JSON.stringify(request).includes(JOB.accountId), 'the account stays ours')
})

test('without a token no authorization is sent', async () => {
  await using server = await startScriptedServer(answer(202, { job: 'j-1' }))
  await makeEngine(server, { token: null }).engine.start(JOB, makeContext())
  assert.ok(!('authorization' in (server.received[0]?.headers ?? {})))
})

test('a start may be answered with the end of the job', async () => {
  const media = [{ url: 'http://10.0.0.5/a.png' }]
  const { started } = await startOn(answer(200, { job: 'j-1', state: 'finished', media, seed: 7 }))
  assert.deepEqual(started, { state: 'finished', media: [{ kind: 'url', url: 'http://10.0.0.5/a.png' }], seed: 7 })
})

test('a job accepted under an unknown state word keeps its ticket, with a warning', async () => {
  const { started, warnings } = await startOn(answer(202, { job: 'j-1', state: 'warming_up' }))
  assert.deepEqual(started, { ticket: { job: 'j-1' } })
  assert.deepEqual(warnings, ['the engine says "warming_up", which is no state of the protocol'])
})

test('a refusal of the input ends the job by its code', async () => {
  const body = { error: { code: 'CONTENT_REJECTED', message: 'No\u0000 such\r\nthing.', charged: true } }
  for (const status of [400, 422]) {
    const { started } = await startOn(answer(status, body))
    assert.deepEqual(started, { state: 'failed', code: 'CONTENT_REJECTED', message: 'No such thing.', isCharged: true })
  }
})

test('codes of the server itself, and refusals without a reason, are a plain failure', async () => {
  const own = await startOn(answer(400, { error: { code: 'LORA_TOO_BIG', message: 'Too big.' } }))
  const plain = { state: 'failed', code: 'GENERATION_FAILED', isCharged: false }
  assert.deepEqual(own.started, { ...plain, message: 'Too big.' })
  const bare = await startOn(answer(422, { detail: [{ msg: 'field required' }] }))
  assert.deepEqual(bare.started, { ...plain, message: 'The engine refused the input.' })
  assert.deepEqual(bare.warnings, ['a job was refused: the engine answered 422'])
})

test('a refusal under a success status ends the job when it is in words of the protocol, else it is unknown', async () => {
  const { started } = await startOn(answer(200, { error: { code: 'CONTENT_REJECTED', message: 'No.' } }))
  assert.deepEqual(started, { state: 'failed', code: 'CONTENT_REJECTED', message: 'No.', isCharged: false })
  const error = await failureOn(answer(200, { error: { code: 'BUSY', message: 'Later.' } }))
  assert.ok(!(error instanceof NotAccepted))
})

test('other client errors prove that nothing began, and may be tried again', async () => {
  for (const status of [401, 402, 403, 404, 405, 415, 429]) {
    const error = await failureOn(answer(status, { error: { code: 'NO', message: 'No.' } }))
    assert.ok(error instanceof NotAccepted, `${status}: ${error}`)
    assert.equal(error.retryAfterMs, undefined)
  }
  assert.ok((await failureOn(answer(400, '<html>400 plain HTTP on a TLS port</html>'))) instanceof NotAccepted)
})

test('Retry-After is honoured in seconds and as a date, bounded, and ignored as nonsense', async () => {
  const cases: [string, number | undefined][] = [
    ['7', 7_000],
    ['0', 0],
    [new Date(NOW_MS + 90_000).toUTCString(), 90_000],
    ['999999', 3_600_000],
    ['soon', undefined],
    ['-5', undefined],
    [new Date(NOW_MS - 90_000).toUTCString(), undefined],
  ]
  for (const [header, expected] of cases) {
    const error = await failureOn(answer(429, {}, { 'retry-after': header }))
    assert.ok(error instanceof NotAccepted)
    assert.equal(error.retryAfterMs, expected, header)
  }
})

test('a server that cannot be reached has accepted nothing', async () => {
  const server = await startScriptedServer()
  await server[Symbol.asyncDispose]()
  const { engine } = makeEngine(server)
  await assert.rejects(engine.start(JOB, makeContext()), (error: unknown) => {
    return error instanceof NotAccepted && error.message === 'the engine could not be reached: ECONNREFUSED'
  })
})

test('whatever may have happened after the request was written leaves the outcome unknown', async () => {
  const acts: [string, Act][] = [
    ['closed', hangUp],
    ['reset', reset],
    ['cut short', cutShort],
    ['408', answer(408, {})],
    ['409', answer(409, { error: { code: 'IN_PROGRESS', message: '' } })],
    ['500', answer(500, { error: { code: 'CONTENT_REJECTED', message: 'No.' } })],
    ['502', answer(502, '<html>')],
    ['503', answer(503, {}, { 'retry-after': '1' })],
    ['504', answer(504, {})],
    ['redirect', answer(307, {}, { location: '/elsewhere' })],
    ['see other', answer(303, {}, { location: '/jobs/j-1' })],
    ['no JSON', answer(202, '<html>welcome</html>')],
    ['truncated JSON', answer(202, '{"job": "j-')],
    ['empty', answer(202, '')],
    ['a list', answer(202, [{ job: 'j-1' }])],
    ['null', answer(202, null)],
    ['no id', answer(202, { state: 'queued' })],
    ['a number for an id', answer(202, { job: 17, state: 'queued' })],
    ['a path for an id', answer(202, { job: '..', state: 'queued' })],
    ['a space in an id', answer(202, { job: 'j 1', state: 'queued' })],
    ['a number for a state', answer(202, { job: 'j-1', state: 3 })],
    ['another job', answer(202, { job: 'j-1', client_id: 'someone-else', state: 'queued' })],
  ]
  for (const [name, act] of acts) {
    const error = await failureOn(act)
    assert.ok(!(error instanceof NotAccepted), name)
  }
})

test('a redirect is not followed, so the token and the job go nowhere else', async () => {
  await using server = await startScriptedServer(answer(307, {}, { location: '/v2/jobs' }), answer(202, { job: 'j-1' }))
  await assert.rejects(makeEngine(server).engine.start(JOB, makeContext()))
  assert.equal(server.received.length, 1)
})

test('a huge answer is cut off, not read to its end', async () => {
  let isClosed: Promise<unknown> = Promise.resolve()
  const flood: Act = (response) => {
    response.writeHead(202)
    const pour = () => {
      while (response.write(Buffer.alloc(64 * 1024, 0x20)));
    }
    isClosed = new Promise((resolve) => response.on('close', resolve))
    response.on('drain', pour)
    pour()
  }
  const error = await failureOn(flood)
  assert.match(error.message, /larger than 1048576 bytes/)
  await isClosed
})

test('a server that hangs is left when the step is aborted, with the outcome unknown', async () => {
  const abort = new AbortController()
  await using server = await startScriptedServer((response, request) => {
    hang(response, request)
    abort.abort(new Error('the step is over'))
  })
  const started = makeEngine(server).engine.start(JOB, makeContext(abort.signal))
  await assert.rejects(started, (error: unknown) => !(error instanceof NotAccepted))
  assert.equal(server.received.length, 1)
})
