import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from './options.ts'
import { abandon, makeEmulator, until } from './testing/emulator-client.ts'

const STAGES = [
  { stage: 'before', renders: {} },
  { stage: 'after', renders: { a: 1 } },
] as const

for (const { stage, renders } of STAGES) {
  test(`a connection reset ${stage} acceptance gives the client no answer, and counts what was accepted`, async (context) => {
    const emulator = await makeEmulator(context, { faults: [{ on: 'start', act: 'reset', stage }] })
    await assert.rejects(
      emulator.start('a'),
      (error: Error) => (error.cause as { code?: string }).code === 'ECONNRESET',
    )
    assert.deepEqual(emulator.stats().renders, renders)
    assert.deepEqual(emulator.stats().faults, { [`start/reset/${stage}`]: 1 })
    assert.deepEqual(emulator.stats().calls.start, 1)
  })

  test(`a start that hangs ${stage} acceptance ends when the client leaves`, async (context) => {
    const emulator = await makeEmulator(context, { faults: [{ on: 'start', act: 'hang', stage }] })
    await abandon(emulator, (signal) => emulator.start('a', { signal }))
    assert.deepEqual(emulator.stats().renders, renders)
  })

  test(`a status ${stage} acceptance is answered with its body and Retry-After`, async (context) => {
    const answered = { act: 'answer', on: 'start', stage, status: 503, body: '<html>', retryAfterSeconds: 3 } as const
    const emulator = await makeEmulator(context, { faults: [answered] })
    const { status, text, headers } = await emulator.start('a')
    assert.deepEqual([status, text, headers.get('retry-after')], [503, '<html>', '3'])
    assert.deepEqual(emulator.stats().renders, renders)
  })
}

test('a late start begins only once the client has gone', async (context) => {
  const emulator = await makeEmulator(context, { faults: [{ on: 'start', act: 'late' }] })
  await abandon(emulator, (signal) => {
    const started = emulator.start('a', { signal })
    assert.deepEqual(emulator.stats().renders, {})
    return started
  })
  await until(() => emulator.stats().renders.a === 1)
})

test('a cut answer was accepted and cannot be read', async (context) => {
  const emulator = await makeEmulator(context, { faults: [{ on: 'start', act: 'truncate' }] })
  await assert.rejects(emulator.start('a'))
  assert.deepEqual(emulator.stats().renders, { a: 1 })
})

test('refusals carry the error that the script gives', async (context) => {
  const body = { error: { code: 'CONTENT_REJECTED', message: 'No.' } }
  const emulator = await makeEmulator(context, { faults: [{ on: 'start', act: 'answer', status: 422, body }] })
  const { status, document } = await emulator.start('a')
  assert.deepEqual([status, document], [422, body])
})

test('a fault strikes as often as it says, the job it names, and only its own route', async (context) => {
  const faults: Fault[] = [{ on: 'check', act: 'answer', status: 500, times: 2, clientId: 'b' }]
  const emulator = await makeEmulator(context, { faults })
  await emulator.start('a')
  await emulator.start('b')
  const statuses = []
  for (const job of ['job-1', 'job-2', 'job-1', 'job-2', 'job-2']) statuses.push((await emulator.check(job)).status)
  assert.deepEqual(statuses, [200, 500, 200, 500, 200])
  assert.equal((await emulator.find('b')).status, 200)
})

test('faults can be forgotten', async (context) => {
  const fault = { on: 'start', act: 'answer', status: 500 } as const
  const emulator = await makeEmulator(context, { faults: [fault], faultChances: [{ probability: 1, fault }] })
  emulator.control({ clearFaults: true })
  assert.equal((await emulator.start('a')).status, 202)
})

test('a cancel lost after it was heard takes effect', async (context) => {
  const emulator = await makeEmulator(context, { faults: [{ on: 'cancel', act: 'reset', stage: 'after' }] })
  await emulator.start('a')
  await assert.rejects(emulator.cancel('job-1'))
  assert.equal((await emulator.check('job-1')).document.state, 'canceled')
})

test('media can be cut, missing or slow', async (context) => {
  const emulator = await makeEmulator(context, {
    faults: [
      { on: 'media', act: 'truncate' },
      { on: 'media', act: 'answer', status: 404 },
      { on: 'media', act: 'slow', delayMs: 20 },
    ],
  })
  await emulator.start('a')
  emulator.control({ advanceMs: 1_000 })
  const bring = async () => {
    const response = await fetch(`${emulator.url}/media/job-1/0.png`)
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  await assert.rejects(bring())
  assert.equal((await bring()).status, 404)
  const slow = await bring()
  assert.deepEqual(slow, await bring())
})

test('closing ends calls that hang', async (context) => {
  const emulator = await makeEmulator(context, { faults: [{ on: 'check', act: 'hang' }] })
  await emulator.start('a')
  const hung = assert.rejects(emulator.check('job-1'))
  await until(() => emulator.stats().calls.check === 1)
  await emulator.close()
  await hung
})

test('the same seed strikes the same calls whatever order they come in, another seed others', async (context) => {
  const ids = Array.from({ length: 40 }, (_, number) => `id-${number}`)
  const strike = async (seed: number, order: readonly string[]) => {
    const faultChances = [
      { probability: 0.3, fault: { on: 'start', act: 'answer', status: 500 } },
      { probability: 0.3, fault: { on: 'start', act: 'answer', status: 429 } },
    ] as const
    const jobChances = [{ probability: 0.5, job: { error: { code: 'GENERATION_FAILED', message: 'No.' } } }]
    const emulator = await makeEmulator(context, { seed, faultChances: [...faultChances], jobChances })
    const statuses: Record<string, number[]> = {}
    for (const id of order) statuses[id] = [(await emulator.start(id)).status, (await emulator.start(id)).status]
    emulator.control({ advanceMs: 1_000 })
    const states = emulator.stats().jobs.map(({ clientId, state }) => `${clientId} ${state}`)
    return { statuses, states: states.sort() }
  }
  const first = await strike(7, ids)
  assert.deepEqual(await strike(7, ids.toReversed()), first)
  assert.notDeepEqual(await strike(8, ids), first)
  const counts = new Map<number, number>()
  for (const status of Object.values(first.statuses).flat()) counts.set(status, (counts.get(status) ?? 0) + 1)
  for (const status of [500, 429, 202]) assert.ok((counts.get(status) ?? 0) > 5, `${status} in ${[...counts]}`)
})
