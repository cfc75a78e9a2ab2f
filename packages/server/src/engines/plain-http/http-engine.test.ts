import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NotAccepted } from '../engine.ts'
import { type Act, answer, cutShort, hang, hangUp, startScriptedServer } from '../testing/scripted-server.ts'
import { JOB, makeContext, makeEngine } from './testing/test-engine.ts'

const TICKET = { job: 'j/1?x' }
const GONE = answer(404, { error: { code: 'JOB_NOT_FOUND', message: 'No such job.' } })

async function checkOn(act: Act) {
  await using server = await startScriptedServer(act)
  const { engine, warnings } = makeEngine(server)
  const standing = await engine.check(JOB, TICKET, makeContext())
  return { standing, warnings, received: server.received }
}

async function findOn(act: Act) {
  await using server = await startScriptedServer(act)
  const { engine } = makeEngine(server)
  return { found: await engine.find?.(JOB, makeContext()), received: server.received }
}

async function cancelOn(act: Act) {
  await using server = await startScriptedServer(act)
  await makeEngine(server).engine.cancel?.(JOB, TICKET, makeContext())
  return server.received
}

test('a check asks for the job by the id the server gave it, escaped', async () => {
  const { standing, received } = await checkOn(answer(200, { job: 'j/1?x', state: 'running', progress: 41.9 }))
  assert.deepEqual(standing, { state: 'running', percent: 41 })
  assert.equal(`${received[0]?.method} ${received[0]?.target}`, 'GET /v2/jobs/j%2F1%3Fx')
  assert.equal(received[0]?.headers.authorization, 'Bearer gpu-token-1')
  assert.equal(received[0]?.body, '')
})

test('progress is a whole number from 0 to 100, whatever the server says', async () => {
  for (const [progress, percent] of [
    [-3, 0],
    [250, 100],
    ['80', 0],
    [null, 0],
    [99.99, 99],
  ] as const) {
    const { standing } = await checkOn(answer(200, { state: 'running', progress }))
    assert.deepEqual(standing, { state: 'running', percent })
  }
})

test('a finished job has its media and its seed', async () => {
  const media = [{ url: 'https://gpu.example/a.png', width: 5 }, { url: 'http://gpu.example:81/b c.png' }]
  const { standing, warnings } = await checkOn(answer(200, { state: 'finished', media, seed: 0 }))
  const urls = ['https://gpu.example/a.png', 'http://gpu.example:81/b%20c.png']
  assert.deepEqual(standing, { state: 'finished', media: urls.map((url) => ({ kind: 'url', url })), seed: 0 })
  assert.deepEqual(warnings, [])
  const odd = await checkOn(answer(200, { state: 'finished', media: [{ url: 'http://gpu/a' }], seed: '7' }))
  assert.ok(!('seed' in odd.standing))
})

test('a finished job without usable media fails at once, uncharged, with a warning', async () => {
  const bad: unknown[] = [undefined, null, [], {}, 'http://gpu/a.png', [null], ['http://gpu/a.png'], [{ url: 7 }]]
  for (const url of ['/a.png', 'file:///etc/passwd', 'data:image/png;base64,AA', 'javascript:alert(1)', '']) {
    bad.push([{ url: 'http://gpu/a.png' }, { url }])
  }
  bad.push(Array.from({ length: 17 }, () => ({ url: 'http://gpu/a.png' })))
  bad.push([{ url: `http://gpu/${'a'.repeat(5_000)}` }])
  for (const media of bad) {
    const { standing, warnings } = await checkOn(answer(200, { state: 'finished', media }))
    const message = 'The engine answered with media that cannot be used.'
    assert.deepEqual(standing, { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false })
    assert.equal(warnings.length, 1)
  }
})

test('a failed job says why and whether it is charged', async () => {
  for (const code of ['GENERATION_FAILED', 'CONTENT_REJECTED', 'INPUT_UNREACHABLE', 'TIMED_OUT']) {
    const { standing } = await checkOn(
      answer(200, { state: 'failed', error: { code, message: 'Why.', charged: true } }),
    )
    assert.deepEqual(standing, { state: 'failed', code, message: 'Why.', isCharged: true })
  }
})

test('only a plain true charges a failed job', async () => {
  for (const charged of [undefined, null, false, 'true', 1]) {
    const { standing } = await checkOn(answer(200, { state: 'failed', error: { code: 'X', message: 'Why.', charged } }))
    assert.deepEqual(standing, { state: 'failed', code: 'GENERATION_FAILED', message: 'Why.', isCharged: false })
  }
})

test('a failure without a usable error has a message of ours', async () => {
  for (const error of [undefined, 'boom', [], { code: 5, message: {} }, { message: '\u0000\n' }]) {
    const { standing } = await checkOn(answer(200, { state: 'failed', error }))
    const message = 'The engine could not make the media.'
    assert.deepEqual(standing, { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false })
  }
})

test('the words of a server are one bounded line without control or format characters', async () => {
  const message = `a\u0007\r\nb\u001b[31m\u202ec\u2028d\ud800 ${'x'.repeat(2_000)}`
  const { standing } = await checkOn(answer(200, { state: 'failed', error: { code: 'X', message } }))
  assert.ok(standing.state === 'failed')
  assert.match(standing.message, /^a b \[31m c d x+$/)
  assert.equal(standing.message.length, 500)
})

test('a canceled job has ended without media, charged when the server says so', async () => {
  const free = await checkOn(answer(200, { state: 'canceled' }))
  assert.deepEqual(free.standing, { state: 'canceled', isCharged: false })
  const charged = await checkOn(answer(200, { state: 'canceled', error: { charged: true } }))
  assert.deepEqual(charged.standing, { ...free.standing, isCharged: true })
})

test('an unknown state word is a job that is alive, with a warning that is safe to log', async () => {
  for (const state of ['succeeded', 'FINISHED', 'expired', '', 'a\nb']) {
    const { standing, warnings } = await checkOn(answer(200, { state, progress: 60 }))
    assert.deepEqual(standing, { state: 'running', percent: 60 })
    assert.deepEqual(warnings, [`the engine says "${state.replace('\n', ' ')}", which is no state of the protocol`])
  }
})

test('a job that the server certainly no longer has failed, uncharged', async () => {
  const { standing, warnings } = await checkOn(GONE)
  const message = 'The engine lost the job.'
  assert.deepEqual(standing, { state: 'failed', code: 'GENERATION_FAILED', message, isCharged: false })
  assert.equal(warnings.length, 1)
})

test('an answer that says nothing of the job decides nothing', async () => {
  const acts: Act[] = [
    answer(404, '<html>404</html>'),
    answer(404, { error: { code: 'NOT_FOUND', message: '' } }),
    answer(401, {}),
    answer(429, {}),
    answer(500, { state: 'failed', error: { code: 'GENERATION_FAILED', message: '' } }),
    answer(503, {}),
    answer(302, {}, { location: '/v2/login' }),
    answer(200, {}),
    answer(200, { state: null }),
    answer(200, { state: { name: 'finished' } }),
    answer(200, { error: { code: 'BUSY', message: 'Later.' } }),
    answer(200, '{"state": "fini'),
    answer(200, [{ state: 'finished' }]),
    answer(200, { client_id: 'someone-else', state: 'finished', media: [{ url: 'http://gpu/a.png' }] }),
    cutShort,
    hangUp,
  ]
  for (const act of acts) await assert.rejects(checkOn(act), (error: unknown) => !(error instanceof NotAccepted))
})

test('a check of a server that hangs ends when the step is aborted', async () => {
  const abort = new AbortController()
  await using server = await startScriptedServer((response, request) => {
    hang(response, request)
    abort.abort(new Error('the step is over'))
  })
  await assert.rejects(makeEngine(server).engine.check(JOB, TICKET, makeContext(abort.signal)), /the step is over/)
})

test('find asks by our id and answers the ticket or the end of the job', async () => {
  const { found, received } = await findOn(answer(200, { job: 'j-9', client_id: JOB.requestId, state: 'running' }))
  assert.deepEqual(found, { ticket: { job: 'j-9' } })
  assert.equal(`${received[0]?.method} ${received[0]?.target}`, `GET /v2/jobs?client_id=${JOB.requestId}`)
  const ended = await findOn(answer(200, { job: 'j-9', client_id: JOB.requestId, state: 'failed' }))
  assert.ok(ended.found && 'state' in ended.found && ended.found.state === 'failed')
})

test('only a 404 in words of the protocol proves that a job never began', async () => {
  assert.equal((await findOn(GONE)).found, null)
  const unclear = [
    answer(404, '<html>'),
    answer(404, {}),
    answer(410, {}),
    answer(200, 'null'),
    answer(500, {}),
    hangUp,
  ]
  for (const act of unclear) await assert.rejects(findOn(act))
})

test('find refuses the job of another request, and one that does not say whose it is', async () => {
  for (const clientId of [undefined, 'someone-else', 5]) {
    await assert.rejects(findOn(answer(200, { job: 'j-9', client_id: clientId, state: 'running' })))
  }
})

test('cancel posts to the job and takes every sign that there is nothing left to stop', async () => {
  for (const act of [answer(202, {}), answer(200, {}), answer(409, { error: { code: 'OVER', message: '' } }), GONE]) {
    const received = await cancelOn(act)
    assert.equal(`${received[0]?.method} ${received[0]?.target}`, 'POST /v2/jobs/j%2F1%3Fx/cancel')
    assert.equal(received[0]?.headers.authorization, 'Bearer gpu-token-1')
  }
})

test('a cancel that was not heard is an error', async () => {
  for (const act of [answer(404, '<html>'), answer(405, {}), answer(500, {}), hangUp]) {
    await assert.rejects(cancelOn(act), (error: unknown) => !(error instanceof NotAccepted))
  }
})

test('what the operator does not state, the engine does not claim', () => {
  const server = { url: 'http://gpu.example' }
  const bare = makeEngine(server, { canFind: false, canCancel: false }).engine
  assert.deepEqual(bare.traits, { isStartIdempotent: false, pollMs: 2_000, capacity: 4 })
  assert.equal(bare.name, 'http')
  assert.equal(bare.find, undefined)
  assert.equal(bare.cancel, undefined)
  const stated = makeEngine(server, { isStartIdempotent: true, pollMs: 500 }).engine
  assert.deepEqual(stated.traits, { isStartIdempotent: true, pollMs: 500, capacity: 4 })
  assert.equal(stated.isActive(), true)
  assert.equal(stated.freeSlots(), 4)
})

test('a base URL or a token that cannot work is refused at creation, and the token is not repeated', () => {
  for (const url of ['ftp://gpu', 'http://user:secret@gpu', 'http://gpu/?a=1', 'gpu:9000', '']) {
    assert.throws(() => makeEngine({ url: 'http://gpu' }, { baseUrl: url }))
  }
  for (const token of ['', 'two words', 'line\nbreak']) {
    assert.throws(
      () => makeEngine({ url: 'http://gpu' }, { token }),
      (error: Error) => token === '' || !error.message.includes(token),
    )
  }
})

test('errors never hold the token', async () => {
  for (const act of [answer(500, {}), answer(401, {}), hangUp, answer(202, 'x')]) {
    await using server = await startScriptedServer(act)
    await assert.rejects(makeEngine(server).engine.start(JOB, makeContext()), (error: Error) => {
      return !JSON.stringify([error.message, error.stack, String(error.cause)]).includes('gpu-token-1')
    })
  }
})
