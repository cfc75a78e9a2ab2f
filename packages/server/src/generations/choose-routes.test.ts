import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editModelText } from '../catalogue/testing/model-text.ts'
import { modelOf } from '../catalogue/testing/test-models.ts'
import { ClipiaError } from '../errors.ts'
import { createScriptedEngine } from '../testing/scripted-engine.ts'
import { chooseRoutes } from './choose-routes.ts'
import { isActive } from './find-model.ts'

const ROUTES = `routes:
  - { engine: first, when: { resolution: [480p] } }
  - { engine: second, when: { image_url: absent } }
  - { engine: third, when: { resolution: [480p] } }
`
const model = modelOf(editModelText('engine: { name: local, settings: { task: motion } }\n', ROUTES))
const setUp = (...active: string[]) => {
  const engines = ['first', 'second', 'third'].map((name) => createScriptedEngine(name))
  for (const engine of engines) engine.isReachable = active.includes(engine.name)
  return new Map(engines.map((engine) => [engine.name, engine]))
}
const choose = (input: object, active: string[], mode: 'live' | 'test' = 'live') =>
  chooseRoutes(model, { resolution: '480p', ...input }, mode, setUp(...active)).map(({ engine }) => engine)

test('the routes that take an input are kept in their order', () => {
  assert.deepEqual(choose({}, ['first', 'second', 'third']), ['first', 'second', 'third'])
  assert.deepEqual(choose({ image_url: 'https://a.example' }, ['first', 'second', 'third']), ['first', 'third'])
})

test('active routes come before those that may become active while a request waits', () => {
  assert.deepEqual(choose({}, ['third']), ['third', 'first', 'second'])
})

test('a model is active as soon as one of its routes is', () => {
  assert.equal(isActive(model, setUp('third')), true)
  assert.equal(isActive(model, setUp()), false)
})

test('an input that only inactive routes take is refused, and the caller learns what would be taken', () => {
  const picture = { image_url: 'https://a.example' }
  assert.throws(
    () => choose(picture, ['second']),
    (error) =>
      error instanceof ClipiaError &&
      error.code === 'model_input_invalid' &&
      error.param === 'image_url' &&
      error.message.startsWith('image_url must be left out'),
  )
})

test('the sandbox needs no active route, but one that takes the input', () => {
  assert.deepEqual(choose({}, [], 'test'), ['first', 'second', 'third'])
  assert.throws(
    () => choose({ resolution: '720p', image_url: 'https://a.example' }, [], 'test'),
    /resolution must be 480p/,
  )
})
