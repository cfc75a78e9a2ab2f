import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { FAL_WIRE } from '../packages/server/src/engines/fal/testing/fal-wire.ts'
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
