import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findUnmet } from './route.ts'
import { editModelText } from './testing/model-text.ts'
import { modelOf } from './testing/test-models.ts'

const ROUTES = `routes:
  - engine: fal
    settings: { model: a/b }
    when: { duration: [4], with_audio: [false], image_url: given, image_urls: absent }
    input:
      omit: [count]
      rename: { image_url: start_image }
      set: { nested: { deep: [1, true, null] } }
      compute: { duration: $string(duration) }
  - engine: replicate
`
const model = modelOf(editModelText('engine: { name: local, settings: { task: motion } }\n', ROUTES))

test('routes are read in their order, with everything they may say', () => {
  assert.deepEqual(model.routes, [
    {
      engine: 'fal',
      settings: { model: 'a/b' },
      when: [
        { param: 'duration', values: [4] },
        { param: 'with_audio', values: [false] },
        { param: 'image_url', isGiven: true },
        { param: 'image_urls', isGiven: false },
      ],
      input: {
        omit: ['count'],
        rename: { image_url: 'start_image' },
        set: { nested: { deep: [1, true, null] } },
        compute: { duration: '$string(duration)' },
      },
    },
    { engine: 'replicate', settings: {}, when: [], input: null },
  ])
})

test('a route takes an input that meets all its conditions, and no other', () => {
  const [route] = model.routes
  assert.ok(route)
  const fitting = { duration: 4, with_audio: false, image_url: 'https://a.example/1.png' }
  assert.equal(findUnmet(route, fitting), null)
  assert.equal(findUnmet(route, { ...fitting, image_urls: [] }), null)
  for (const [name, value] of [
    ['duration', 8],
    ['duration', '4'],
    ['with_audio', true],
    ['image_url', ''],
    ['image_urls', ['https://a.example/2.png']],
  ] as const) {
    assert.equal(findUnmet(route, { ...fitting, [name]: value })?.param, name)
  }
})
