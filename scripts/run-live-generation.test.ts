import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { COMFYUI_WIRE } from '../packages/server/src/engines/comfyui/testing/comfyui-wire.ts'
import { FAL_WIRE } from '../packages/server/src/engines/fal/testing/fal-wire.ts'
import { IMAGES_WIRE } from '../packages/server/src/engines/openai/testing/openai-wire.ts'
import { startEmulatedProvider } from '../packages/server/src/engines/testing/emulated-provider.ts'
import { answer } from '../packages/server/src/engines/testing/scripted-server.ts'
import { runLiveGeneration } from './run-live-generation.ts'

const png = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#c8553d' } })
  .png()
  .toBuffer()

test('without a credential it says that it was not run, and nothing is served', async () => {
  assert.deepEqual(await runLiveGeneration('fal', {}), {
    isSkipped: true,
    isOk: true,
    lines: ['fal: not run: FAL_KEY is not set'],
  })
})

test('a provider that there is not is an error that names those there are', async () => {
  await assert.rejects(runLiveGeneration('fall', {}), /no provider fall; there are fal, replicate/)
})

test('with one it makes a generation through a real server and says what it cost', async () => {
  await using fal = await startEmulatedProvider({
    ...FAL_WIRE,
    operationOf: (received) => {
      if (received.target === '/made.png') return 'other'
      return received.method === 'POST' ? 'submit' : FAL_WIRE.operationOf(received)
    },
  })
  fal.standing = 'finished'
  const images = [{ url: `${fal.url}/made.png` }]
  fal.misbehave.set('result', answer(200, { images }, { 'x-fal-billable-units': '0.5' }))
  fal.misbehave.set('other', (response) => void response.writeHead(200).end(png))
  const environment = { FAL_KEY: 'id:secret', FAL_BASE_URL: fal.url, REPLICATE_API_TOKEN: 'not to be used' }
  const { isOk, lines } = await runLiveGeneration('fal', environment)
  assert.ok(isOk, lines.join('\n'))
  assert.match(lines[0] ?? '', /^fal: \S+: COMPLETED after \d+\.\d s: 8 x 6$/)
  assert.match(lines[1] ?? '', /^fal: price here: \d+ credits$/)
  assert.equal(lines[2], 'fal: the provider says it charges 0.5 unit')
  assert.ok(fal.calls.some(({ headers }) => headers.authorization === 'Key id:secret'))
})

test('with a call that is held: the picture comes within the answer, and tokens are what it costs', async () => {
  await using openai = await startEmulatedProvider(IMAGES_WIRE)
  const body = { data: [{ b64_json: png.toString('base64') }], usage: { total_tokens: 1_100 } }
  // Later than a step waits: the node holds the call meanwhile.
  openai.misbehave.set('submit', (response, request) => {
    setTimeout(() => answer(200, body)(response, request), 4_500)
  })
  const { isOk, lines } = await runLiveGeneration('openai', { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: openai.url })
  assert.ok(isOk, lines.join('\n'))
  assert.match(lines[0] ?? '', /^openai: gpt-image-2: COMPLETED after [4-9]\.\d s: 8 x 6$/)
  assert.equal(lines[2], 'openai: the provider says it charges 1100 token')
  assert.equal(openai.calls.length, 1)
})

test('with a server of the operator, which its URL sets up', async () => {
  assert.equal((await runLiveGeneration('comfyui', {})).lines[0], 'comfyui: not run: COMFYUI_URL is not set')
  await using comfyui = await startEmulatedProvider({
    ...COMFYUI_WIRE,
    operationOf: (received) =>
      received.target.startsWith('/history/') ? 'result' : COMFYUI_WIRE.operationOf(received),
  })
  const history = COMFYUI_WIRE.standing('finished', 'result')?.body as Record<string, object>
  comfyui.misbehave.set('result', (response, request) => {
    const id = request.url?.split('/').at(-1) ?? ''
    answer(200, { [id]: Object.values(history)[0] })(response, request)
  })
  comfyui.misbehave.set('submit', (response, request) => {
    const { prompt_id: id } = JSON.parse(comfyui.calls.find(({ operation }) => operation === 'submit')?.body ?? '{}')
    answer(200, { prompt_id: id, number: 1, node_errors: {} })(response, request)
  })
  comfyui.misbehave.set('other', (response) => void response.writeHead(200).end(png))
  const { isOk, lines } = await runLiveGeneration('comfyui', { COMFYUI_URL: comfyui.url })
  assert.ok(isOk, lines.join('\n'))
  assert.match(lines[0] ?? '', /^comfyui: comfyui\/text-to-image: COMPLETED/)
})
