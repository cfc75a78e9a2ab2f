import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapInput } from './map-input.ts'
import type { InputMapping } from './route.ts'

const INPUT = { prompt: 'a fox', duration: 4, image_urls: ['https://a.example/1.png'], resolution: '720p' }
const NOTHING: InputMapping = { omit: [], rename: {}, set: {}, compute: {} }
const map = (mapping: Partial<InputMapping>) => mapInput({ ...NOTHING, ...mapping }, INPUT)

test('without a mapping, or with an empty one, the input is passed on as it is', async () => {
  assert.equal(await mapInput(null, INPUT), INPUT)
  assert.deepEqual(await map({}), INPUT)
})

test('a mapping omits, renames, sets and computes, in this order', async () => {
  const mapped = await map({
    omit: ['resolution'],
    rename: { image_urls: 'images' },
    set: { output_format: 'png', prompt: 'fixed' },
    compute: { duration: '$string(duration) & "s"', prompt: 'prompt & "!"' },
  })
  const { image_urls: images, prompt } = INPUT
  assert.deepEqual(mapped, { images, duration: '4s', output_format: 'png', prompt: `${prompt}!` })
})

test('a computed field that comes to nothing is left out, also when it would have been passed on', async () => {
  assert.deepEqual(Object.keys(await map({ compute: { resolution: 'nothing', extra: 'nothing' } })), [
    'prompt',
    'duration',
    'image_urls',
  ])
})

test('an expression that fails is thrown, not passed over', async () => {
  await assert.rejects(map({ compute: { seed: '$number(prompt)' } }), /the expression \$number\(prompt\) failed/)
})
