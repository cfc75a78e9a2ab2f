import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ModelDocument } from './model-document.ts'
import { readModelFile } from './read-model.ts'
import { BAD_MODEL_FILES } from './testing/bad-model-files.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'

function readModel(text: string) {
  const { model, mistakes } = readModelFile(new ModelDocument('test.yaml', text))
  assert.deepEqual(mistakes, [])
  assert.ok(model)
  return model
}

test('a complete file gives the model it describes', () => {
  const model = readModel(MODEL_TEXT)
  assert.equal(model.slug, 'test/model-1')
  assert.equal(model.runLimitMs, 600_000)
  assert.deepEqual(model.routes, [{ engine: 'local', settings: { task: 'motion' }, when: [], input: null }])
  assert.equal(model.chargesRejected, false)
  assert.deepEqual([...model.parameters.keys()].slice(0, 4), ['prompt', 'image_url', 'image_urls', 'duration'])
  assert.deepEqual(model.parameters.get('image_urls'), {
    name: 'image_urls',
    required: false,
    type: 'array',
    maxItems: 3,
    items: { type: 'string', format: 'uri', maxLength: 8192 },
  })
})

for (const { from, to, message } of BAD_MODEL_FILES) {
  test(`${JSON.stringify(to)} instead of ${JSON.stringify(from)} is refused: ${message}`, () => {
    const marked = editModelText(from, to)
    const { model, mistakes } = readModelFile(new ModelDocument('test.yaml', marked.replace('¦', '')))
    assert.equal(model, null)
    assert.equal(mistakes.length, 1, mistakes.map((mistake) => mistake.message).join('\n'))
    assert.ok(mistakes[0]?.message.includes(message), mistakes[0]?.message)
    if (!to.includes('¦')) return
    const before = marked.slice(0, marked.indexOf('¦')).split('\n')
    assert.equal(mistakes[0]?.line, before.length)
    assert.equal(mistakes[0]?.column, (before.at(-1)?.length ?? 0) + 1)
  })
}

test('every mistake of a file is reported at once, in the order of its lines', () => {
  const text = MODEL_TEXT.replace('type: video', 'type: movie')
    .replace('[4, 8]', '[]')
    .replace('unit: second', 'unit: 5')
  const places = readModelFile(new ModelDocument('test.yaml', text)).mistakes.map(
    ({ line, column }) => `${line}:${column}`,
  )
  assert.deepEqual(places, ['2:7', '10:36', '20:31'])
})

test('a parameter with a mistake is not reported again where the price refers to it', () => {
  const { mistakes } = readModelFile(
    new ModelDocument('test.yaml', editModelText('enum: [480p, 720p]', 'enum: [480p, 480p]')),
  )
  assert.deepEqual(
    mistakes.map(({ message }) => message),
    ['resolution: enum has 480p twice'],
  )
})

for (const [text, message] of [
  ['', 'the file is empty'],
  ['# only a remark\n', 'the file is empty'],
  ['- a\n- b\n', 'a model must be a map of fields'],
  ['slug: [', 'Flow sequence'],
  ['slug: a\n---\nslug: b\n', 'multiple documents'],
  ['slug: !secret a\n', 'Unresolved tag'],
  ['__proto__: { slug: a }\n', 'must not have a field named __proto__'],
] as const) {
  test(`a file that holds ${JSON.stringify(text)} is refused without an exception`, () => {
    const { model, mistakes } = readModelFile(new ModelDocument('test.yaml', text))
    assert.equal(model, null)
    assert.ok(
      mistakes.some((mistake) => mistake.message.includes(message)),
      JSON.stringify(mistakes),
    )
  })
}

test('the price version changes with whatever changes a price or an input, and with nothing else', () => {
  const { priceVersion } = readModel(MODEL_TEXT)
  assert.match(priceVersion, /^[0-9a-f]{12}$/)
  const versionOf = (from: string, to: string) => readModel(editModelText(from, to)).priceVersion
  assert.equal(versionOf('9.4', '9.40'), priceVersion)
  assert.equal(versionOf('name: Test', 'name: Best\ndescription: Better.'), priceVersion)
  assert.equal(versionOf('task: motion', 'task: other'), priceVersion)
  assert.equal(versionOf('run_limit_seconds: 600', 'run_limit_seconds: 60'), priceVersion)
  assert.equal(versionOf('type: object', 'type: object, description: More.'), priceVersion)
  const changed = [
    versionOf('9.4', '9.41'),
    versionOf('true: 1.5', 'true: 1.6'),
    versionOf('default: 4', 'default: 8'),
    versionOf('max_length: 20', 'max_length: 21'),
    versionOf('max_items: 3', 'max_items: 4'),
    versionOf('unit: video', 'unit: video, round: up'),
    versionOf('require_one_of: [[prompt, image_url]]\n', ''),
    versionOf('  extra: { type: object }\n', ''),
  ]
  assert.equal(new Set([priceVersion, ...changed]).size, changed.length + 1)
})

test('a price of 0 is accepted where the file says free', () => {
  const free = MODEL_TEXT.replace('price:\n', 'price:\n  free: true\n').replace('5.6', '0')
  assert.equal(readModel(free).price.start.kind, 'table')
  const bare = MODEL_TEXT.replace(/price:\n(.*\n){3}/, 'price: { free: true }\n')
  assert.equal(readModel(bare).price.start.kind, 'base')
})
