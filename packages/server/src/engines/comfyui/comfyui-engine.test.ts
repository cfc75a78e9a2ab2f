import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { describeConformance } from '../testing/conformance.ts'
import { answer } from '../testing/scripted-server.ts'
import { PRIVATE_URL, SECRET, type Subject, withSubject } from '../testing/subject.ts'
import { createComfyuiEngine } from './comfyui-engine.ts'
import { COMFYUI_WIRE, entry } from './testing/comfyui-wire.ts'

describeConformance(COMFYUI_WIRE)

const test = (name: string, use: (subject: Subject) => Promise<void>) => it(name, () => withSubject(COMFYUI_WIRE, use))
const ticket = { prompt: '0190f8a0-0000-7000-8000-000000000001' }
const HISTORY = { prompt: [1, ticket.prompt, {}, { clipia_request: ticket.prompt }, []] }

describe('the comfyui engine', () => {
  test('puts the input into its places, uploads files first, and bears our id', async (subject) => {
    const { engine, provider, job, context } = subject
    const input = { prompt: 'a fox', seed: 7, image_url: PRIVATE_URL, unplaced: 1 }
    assert.deepEqual(await engine.start({ ...job, media: [PRIVATE_URL], input }, context), { ticket })
    const [upload, submit] = provider.calls
    assert.equal(upload?.target, '/upload/image')
    assert.match(upload?.body ?? '', /name="subfolder"\s+clipia/)
    assert.equal(submit?.headers.authorization, `Bearer ${SECRET}`)
    const { prompt, client_id: clientId, ...more } = JSON.parse(submit?.body ?? '')
    assert.match(clientId, /^[0-9a-f-]{36}$/)
    assert.deepEqual(more, { prompt_id: job.requestId, extra_data: { clipia_request: job.requestId } })
    assert.deepEqual(prompt, {
      '3': { class_type: 'KSampler', inputs: { seed: 7, positive: ['6', 0] } },
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a fox', clip: ['4', 1] } },
      '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
      '10': { class_type: 'LoadImage', inputs: { image: 'clipia/in.png' } },
    })
  })

  test('sends no credential to a server that asks for none', async ({ parts, provider, job, context }) => {
    await createComfyuiEngine({ ...parts, credential: '' }).start(job, context)
    assert.equal(provider.calls[0]?.headers.authorization, undefined)
  })

  test('finds a start in the history too, by our id, whatever id the server gave it', async (subject) => {
    const { engine, provider, job, context } = subject
    provider.standing = 'finished'
    const own = { prompt: [1, 'own-1', {}, { clipia_request: job.requestId }, []] }
    provider.misbehave.set('other', answer(200, { 'own-1': own }))
    assert.deepEqual(await engine.find?.(job, context), { ticket: { prompt: 'own-1' } })
    provider.misbehave.set('other', answer(200, { 'own-1': { prompt: [1, 'own-1', {}, {}, []] } }))
    assert.equal(await engine.find?.(job, context), null)
  })

  test('takes what was saved before previews, of the kind that is wanted', async (subject) => {
    const { engine, provider, job, context } = subject
    const file = (filename: string, type: string) => ({ filename, subfolder: 's', type })
    const { body } = entry(
      { status_str: 'success', completed: true },
      {
        '3': { images: [file('preview.png', 'temp')], text: ['a fox'] },
        '9': { images: [file('1.png', 'output'), file('2.png', 'output')], gifs: [file('1.mp4', 'output')] },
      },
    )
    provider.misbehave.set('result', answer(200, body))
    const namesOf = async (one: typeof job) => {
      const ended = await engine.check(one, ticket, context)
      assert.ok(ended.state === 'finished')
      return ended.media.map((media) => 'reference' in media && (media.reference as { filename: string }).filename)
    }
    assert.deepEqual(await namesOf(job), ['1.png', '2.png'])
    assert.deepEqual(await namesOf({ ...job, type: 'video' }), ['1.mp4'])
    const settings = { ...job.settings, output_node: '3' }
    assert.deepEqual(await namesOf({ ...job, settings }), ['preview.png'])
  })

  test('a failure names the node, and nothing of the server', async ({ engine, provider, job, context }) => {
    provider.standing = 'failed'
    const ended = await engine.check(job, ticket, context)
    assert.equal('message' in ended && ended.message, 'The workflow failed at KSampler.')
  })

  test('a prompt that neither waits nor is over is lost, unless it ended just then', async (subject) => {
    const { engine, provider, job, context, warnings } = subject
    provider.misbehave.set('check', answer(200, { queue_running: [], queue_pending: [] }))
    const done = { ...HISTORY, status: { status_str: 'success', completed: true }, outputs: {} }
    let count = 0
    provider.misbehave.set('result', (response, request) => {
      count += 1
      answer(200, count === 2 ? { [ticket.prompt]: done } : {})(response, request)
    })
    const ended = await engine.check(job, ticket, context)
    assert.equal('message' in ended && ended.message, 'The provider answered without media.')
    const lost = await engine.check(job, ticket, context)
    assert.equal('message' in lost && lost.message, 'The engine lost the job.')
    assert.equal(warnings.length, 1)
  })

  test('interrupts only what is ours and runs, and takes out of the queue what waits', async (subject) => {
    const { engine, provider, job, context } = subject
    const cancels = () =>
      provider.calls.flatMap((call) => (call.operation === 'cancel' ? [`${call.target} ${call.body}`] : []))
    assert.equal(await engine.cancel?.(job, ticket, context), null)
    assert.deepEqual(cancels(), [`/interrupt {"prompt_id":"${ticket.prompt}"}`])
    provider.standing = 'queued'
    provider.misbehave.set('cancel', (response, request) => {
      provider.misbehave.set('check', answer(200, { queue_running: [], queue_pending: [] }))
      answer(200, '')(response, request)
    })
    assert.deepEqual(await engine.cancel?.(job, ticket, context), { state: 'canceled', isCharged: false })
    assert.equal(cancels()[1], `/queue {"delete":["${ticket.prompt}"]}`)
    assert.equal(await engine.cancel?.(job, ticket, context), null)
    assert.equal(cancels().length, 2)
  })

  test('fetches files by name', async ({ engine, provider, job, context, folder }) => {
    provider.misbehave.set('other', answer(200, 'a picture'))
    const reference = { filename: 'a b&c.png', subfolder: 's', type: 'output' }
    await engine.download?.(job, reference, join(folder, 'made'), context)
    assert.equal(await readFile(join(folder, 'made'), 'utf8'), 'a picture')
    assert.equal(provider.calls[0]?.target, '/view?filename=a+b%26c.png&subfolder=s&type=output')
  })

  test('is not active for settings that are no workflow, or name nodes that are not there', async ({ engine, job }) => {
    const { workflow } = job.settings
    const wrong: (typeof job.settings)[] = [
      {},
      { workflow: {} },
      { workflow: { '1': {} } },
      { workflow: workflow ?? null, inputs: { prompt: ['77', 'text'] } },
      { workflow: workflow ?? null, inputs: { prompt: '6' } },
      { workflow: workflow ?? null, output_node: '77' },
    ]
    for (const settings of wrong) {
      assert.equal(engine.isActive(settings), false, JSON.stringify(settings))
    }
  })
})
