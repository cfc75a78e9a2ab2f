import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Progress } from '../engine.ts'
import { openPatientFetch } from '../held/open-patient-fetch.ts'
import { describeConformance } from '../testing/conformance.ts'
import { answer } from '../testing/scripted-server.ts'
import { PRIVATE_BYTES, PRIVATE_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { createSdapiEngine } from './sdapi-engine.ts'
import { PICTURE, SDAPI_WIRE } from './testing/sdapi-wire.ts'

const patientFetch = await openPatientFetch()

describeConformance({ ...SDAPI_WIRE, open: (parts) => createSdapiEngine({ ...parts, fetch: patientFetch }) })

const test = (name: string, use: (subject: Subject) => Promise<void>) => it(name, () => withSubject(SDAPI_WIRE, use))
const RUNNING: Progress = { state: 'running', percent: null }

describe('the sdapi engine', () => {
  test('sends the input as it is, pictures as base64 in their places, and tells the seed', async (subject) => {
    const { engine, provider, job, context } = subject
    const input = { prompt: 'a fox', init_images: [PRIVATE_URL], batch_size: 1, steps: 25 }
    const made = await engine.start({ ...job, media: [PRIVATE_URL], input }, context)
    assert.equal('seed' in made && made.seed, 42)
    const [call] = provider.calls
    assert.equal(call?.target, '/sdapi/v1/img2img')
    assert.equal(call?.headers.authorization, `Basic ${Buffer.from(SECRET).toString('base64')}`)
    assert.deepEqual(JSON.parse(call?.body ?? ''), { ...input, init_images: [PRIVATE_BYTES.toString('base64')] })
  })

  test('leaves out the picture that shows all others, and takes what upscalers answer', async (subject) => {
    const { engine, provider, job, context } = subject
    const info = JSON.stringify({ index_of_first_image: 1 })
    const countOf = async (body: object, operation = 'txt2img') => {
      provider.misbehave.set('submit', answer(200, body))
      const made = await engine.start({ ...job, settings: { operation } }, context)
      return 'media' in made ? made.media.length : made
    }
    assert.equal(await countOf({ images: [PICTURE, PICTURE, PICTURE], info }), 2)
    assert.equal(await countOf({ images: [`data:image/png;base64,${PICTURE}`], info: 'no JSON' }), 1)
    assert.equal(await countOf({ image: PICTURE, html_info: '' }, 'extra-single-image'), 1)
    const nothing = await countOf({ images: [] })
    assert.equal(typeof nothing === 'object' && 'isEngineFault' in nothing && nothing.isEngineFault, true)
  })

  test('names the field that the server refused', async ({ engine, provider, job, context }) => {
    provider.misbehave.set('submit', answer(422, SDAPI_WIRE.refused.body))
    const ended = await engine.start(job, context)
    const message = 'The provider refused the input: steps: value is not a valid integer'
    assert.equal('message' in ended && ended.message, message)
  })

  test('tells progress, and stops, only where what runs there must be ours', async (subject) => {
    const { engine, parts, provider, job, context } = subject
    const calls = { ...parts.calls, check: async () => RUNNING }
    const alone = createSdapiEngine({ ...parts, capacity: 1, calls })
    provider.misbehave.set('other', answer(200, { progress: 0.437, state: { job_count: 1 } }))
    assert.deepEqual(await alone.check(job, { call: 'c' }, context), { state: 'running', percent: 43 })
    provider.misbehave.set('other', answer(500, 'no'))
    assert.deepEqual(await alone.check(job, { call: 'c' }, context), RUNNING)
    assert.deepEqual(await alone.cancel?.(job, { call: 'c' }, context), { state: 'canceled', isCharged: false })
    assert.equal(provider.calls.at(-1)?.target, '/sdapi/v1/interrupt')
    provider.misbehave.set('cancel', answer(503, {}))
    await assert.rejects(async () => alone.cancel?.(job, { call: 'c' }, context), { name: 'EngineBusy' })
    assert.equal(engine.cancel, undefined)
    const many = createSdapiEngine({ ...parts, calls })
    provider.calls.length = 0
    assert.deepEqual(await many.check(job, { call: 'c' }, context), RUNNING)
    assert.deepEqual(provider.calls, [])
  })

  test('is active for the operations it knows only', async ({ engine }) => {
    for (const operation of ['interrogate', '../options', null]) assert.equal(engine.isActive({ operation }), false)
    assert.equal(engine.isActive({}), false)
  })
})
