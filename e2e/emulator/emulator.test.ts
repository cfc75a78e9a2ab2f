import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePng } from './png.ts'
import { makeEmulator } from './testing/emulator-client.ts'

test('a job goes from queued through running with progress to finished, with its media', async (context) => {
  const emulator = await makeEmulator(context, { job: { queueMs: 100, runMs: 1_000 } })
  const { status, document } = await emulator.start('a', { input: { num_images: 2 } })
  assert.equal(status, 202)
  assert.deepEqual(document, { job: 'job-1', client_id: 'a', state: 'queued', progress: 0 })
  emulator.control({ advanceMs: 350 })
  const running = (await emulator.check('job-1')).document
  assert.deepEqual([running.state, running.progress], ['running', 25])
  emulator.control({ advanceMs: 750 })
  const finished = (await emulator.check('job-1')).document
  assert.deepEqual([finished.state, finished.progress, finished.media?.length], ['finished', 100, 2])
  assert.equal(typeof finished.seed, 'number')
  const response = await fetch(finished.media?.[1]?.url ?? '')
  assert.equal(response.headers.get('content-type'), 'image/png')
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), makePng('a/1'))
})

test('media of a job that has not finished, or that it does not have, are not there', async (context) => {
  const emulator = await makeEmulator(context)
  await emulator.start('a')
  assert.equal((await emulator.send('/media/job-1/0.png')).status, 404)
  emulator.control({ advanceMs: 1_000 })
  assert.equal((await emulator.send('/media/job-1/0.png')).status, 200)
  for (const path of ['/media/job-1/1.png', '/media/job-2/0.png', '/media/job-1/..%2fx']) {
    assert.equal((await emulator.send(path)).status, 404)
  }
})

test('a real clock runs by itself', async (context) => {
  const emulator = await makeEmulator(context, { clock: 'real', job: { runMs: 0 } })
  await emulator.start('a')
  assert.equal((await emulator.check('job-1')).document.state, 'finished')
  assert.throws(() => emulator.control({ advanceMs: 1 }), /virtual/)
})

test('an idempotent emulator answers the first job again; another renders twice, and counts it', async (context) => {
  const emulator = await makeEmulator(context)
  await emulator.start('a')
  const second = await emulator.start('a')
  assert.deepEqual([second.status, second.document.job], [200, 'job-1'])
  assert.deepEqual(emulator.stats().renders, { a: 1 })
  emulator.control({ isStartIdempotent: false })
  const third = await emulator.start('a')
  assert.deepEqual([third.status, third.document.job], [202, 'job-2'])
  assert.deepEqual(emulator.stats().renders, { a: 2 })
  assert.equal(emulator.stats().totalRenders, 2)
  assert.equal((await emulator.find('a')).document.job, 'job-2')
})

test('find answers the job, or that it never began, or that there is no such route', async (context) => {
  const emulator = await makeEmulator(context)
  await emulator.start('a')
  const found = await emulator.find('a')
  assert.deepEqual([found.status, found.document.job, found.document.client_id], [200, 'job-1', 'a'])
  const none = await emulator.find('b')
  assert.deepEqual([none.status, none.document.error?.code], [404, 'JOB_NOT_FOUND'])
  emulator.control({ canFind: false })
  const noRoute = await emulator.find('b')
  assert.deepEqual([noRoute.status, noRoute.text], [404, 'Not Found\n'])
})

test('a cancel is obeyed at once, or in time, or too late', async (context) => {
  const job = { runMs: 1_000 }
  const nextJobs = [job, { ...job, cancelMs: 300, isCancelCharged: true }, { ...job, cancelMs: 5_000 }]
  const emulator = await makeEmulator(context, { nextJobs })
  for (const id of ['a', 'b', 'c']) await emulator.start(id)
  for (const number of [1, 2, 3]) assert.equal((await emulator.cancel(`job-${number}`)).status, 202)
  const states = async () => {
    const documents = await Promise.all([1, 2, 3].map((number) => emulator.check(`job-${number}`)))
    return documents.map(({ document }) => document.state)
  }
  assert.deepEqual(await states(), ['canceled', 'running', 'running'])
  emulator.control({ advanceMs: 300 })
  assert.deepEqual(await states(), ['canceled', 'canceled', 'running'])
  assert.deepEqual((await emulator.check('job-2')).document.error?.charged, true)
  emulator.control({ advanceMs: 700 })
  assert.deepEqual(await states(), ['canceled', 'canceled', 'finished'])
  assert.equal((await emulator.cancel('job-3')).status, 409)
})

test('a cancel can be refused, or ignored with a friendly face', async (context) => {
  const emulator = await makeEmulator(context, { nextJobs: [{ cancel: 'refuse' }, { cancel: 'ignore' }] })
  await emulator.start('a')
  await emulator.start('b')
  assert.deepEqual([(await emulator.cancel('job-1')).status, (await emulator.cancel('job-2')).status], [409, 202])
  emulator.control({ advanceMs: 1_000 })
  for (const { state } of emulator.stats().jobs) assert.equal(state, 'finished')
})

test('a job can fail with a code, charged or not, finish late and use words of its own', async (context) => {
  const emulator = await makeEmulator(context, {
    nextJobs: [
      { error: { code: 'CONTENT_REJECTED', message: 'No.', charged: true } },
      { runMs: 100, lateMs: 900, oddState: 'warming_up', oddMs: 50 },
    ],
  })
  await emulator.start('a')
  await emulator.start('b')
  assert.equal((await emulator.check('job-2')).document.state, 'warming_up')
  emulator.control({ advanceMs: 999 })
  const failed = (await emulator.check('job-1')).document
  assert.equal(failed.state, 'failed')
  assert.deepEqual(failed.error, { code: 'CONTENT_REJECTED', message: 'No.', charged: true })
  const late = (await emulator.check('job-2')).document
  assert.deepEqual([late.state, late.progress], ['running', 99])
  emulator.control({ advanceMs: 1 })
  assert.equal((await emulator.check('job-2')).document.state, 'finished')
})

test('a malformed start, and one whose key is not its id, is refused and not counted', async (context) => {
  const emulator = await makeEmulator(context)
  const body = JSON.stringify({ id: 'a', model: 'm', type: 'image', input: {}, settings: {} })
  const inits: RequestInit[] = [{ body: '{' }, { body: '{}' }, { body, headers: {} }]
  for (const init of [...inits, { body, headers: { 'idempotency-key': 'b' } }]) {
    assert.equal((await emulator.start('a', init)).status, 400)
  }
  assert.equal(emulator.stats().totalRenders, 0)
  assert.equal(emulator.stats().calls.start, 0)
})

test('with a token everything but media and the administration asks for it', async (context) => {
  const emulator = await makeEmulator(context, { token: 'secret' })
  const headers = { 'idempotency-key': 'a', authorization: 'Bearer secret' }
  assert.equal((await emulator.start('a')).status, 401)
  assert.equal((await emulator.start('a', { headers })).status, 202)
  assert.equal((await emulator.check('job-1')).status, 401)
  emulator.control({ advanceMs: 1_000 })
  assert.equal((await emulator.send('/media/job-1/0.png')).status, 200)
  assert.equal((await emulator.send('/_stats')).status, 200)
  assert.equal(emulator.stats().unauthorized, 2)
})

test('it knows how many jobs were alive at once', async (context) => {
  const emulator = await makeEmulator(context, { job: { runMs: 100 } })
  await emulator.start('a')
  await emulator.start('b')
  emulator.control({ advanceMs: 100 })
  await emulator.start('c')
  assert.equal(emulator.stats().mostAlive, 2)
})

test('another process steers it over HTTP and reads the same counts', async (context) => {
  const emulator = await makeEmulator(context)
  await emulator.start('a')
  const steered = await emulator.steer({ advanceMs: 1_000, job: { runMs: 1 } })
  assert.equal(steered.status, 200)
  assert.deepEqual(JSON.parse(steered.text), emulator.stats())
  assert.deepEqual(JSON.parse((await emulator.send('/_stats')).text), emulator.stats())
  assert.equal(emulator.stats().jobs[0]?.state, 'finished')
})

test('what it would not understand it refuses, and changes nothing', async (context) => {
  const emulator = await makeEmulator(context)
  const bad: unknown[] = [
    null,
    [],
    { advance: 5 },
    { job: { runsMs: 5 } },
    { faults: {} },
    { nextJobs: [{ state: 'x' }] },
  ]
  bad.push({ advanceMs: 5, faults: [{ on: 'start', act: 'explode' }] }, { faults: [{ on: 'begin', act: 'reset' }] })
  bad.push({ faults: [{ on: 'start', act: 'reset', stage: 'during' }] }, { faultChances: [{ fault: {} }] })
  for (const control of bad) assert.equal((await emulator.steer(control)).status, 400, JSON.stringify(control))
  assert.equal(emulator.stats().nowMs, 0)
})
