import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { CatalogueError, type Mistake } from './catalogue-error.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { BAD_OVERRIDE_FILES, OVERRIDE_TEXT } from './testing/bad-override-files.ts'
import { makeFolder } from './testing/make-folder.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'
import { TEST_MODEL } from './testing/test-models.ts'

/** What loading says when a folder of ours declares the model text and another one holds the given files. */
function load(context: TestContext, files: Record<string, string>, ours = MODEL_TEXT) {
  const folder = makeFolder(context, files)
  try {
    return { folder, catalogue: loadCatalogue([makeFolder(context, { 'model.yaml': ours }), folder]), mistakes: [] }
  } catch (error) {
    assert.ok(error instanceof CatalogueError, String(error))
    return { folder, catalogue: null, mistakes: error.mistakes }
  }
}

function wordsOf(mistakes: readonly Mistake[]): string[] {
  return mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

test('an override replaces each field it gives, and leaves the others as they are', (context) => {
  const { catalogue, mistakes } = load(context, { 'price.yaml': OVERRIDE_TEXT })
  assert.deepEqual(wordsOf(mistakes), [])
  const model = catalogue?.find('test/model-1')
  assert.ok(model)
  const { name, description, routes, chargesRejected, price, priceVersion, runLimitMs, ...kept } = model
  assert.deepEqual([name, description, runLimitMs], ['Ours', 'As our team buys it.', 900_000])
  assert.deepEqual(routes, [{ engine: 'fal', settings: { model: 'a/b' }, when: [], input: null }])
  assert.equal(chargesRejected, true)
  assert.notEqual(priceVersion, TEST_MODEL.priceVersion)
  assert.equal(price.multipliers.size, 0, 'a price is replaced as a whole')
  for (const [field, value] of Object.entries(kept)) assert.deepEqual(value, Reflect.get(TEST_MODEL, field), field)
  const input = normalizeInput(model, { prompt: 'a' }, { checkUrl: () => null })
  assert.deepEqual([priceOf(model, input).credits, priceOf(TEST_MODEL, input).credits], [44, 38])
})

test('an override of a price changes nothing but the price and its version', (context) => {
  const price = 'price: { base: 5 }\n'
  const { catalogue } = load(context, { 'price.yaml': `extends: test/model-1\n${price}` })
  const whole = load(context, {}, editModelText(MODEL_TEXT.slice(MODEL_TEXT.indexOf('price:')), `${price}`))
  const model = catalogue?.find('test/model-1')
  assert.equal(model?.priceVersion, whole.catalogue?.find('test/model-1')?.priceVersion)
  assert.deepEqual(model?.routes, TEST_MODEL.routes)
})

test('an override that disables takes the model out of the catalogue', (context) => {
  const { catalogue, mistakes } = load(context, { 'off.yaml': 'extends: test/model-1\ndisabled: true\n' })
  assert.deepEqual(wordsOf(mistakes), [])
  assert.deepEqual(catalogue?.list(), [])
})

test('an override may stand beside the model it extends, whatever the names of the files', (context) => {
  const other = MODEL_TEXT.replace('test/model-1', 'test/other')
  const override = 'extends: test/other\nname: Changed\n'
  const { catalogue } = load(context, { 'a-override.yaml': override, 'b-model.yaml': other })
  assert.equal(catalogue?.find('test/other')?.name, 'Changed')
})

for (const { from, to, message } of BAD_OVERRIDE_FILES) {
  test(`${JSON.stringify(to)} instead of ${JSON.stringify(from)} in an override is refused: ${message}`, (context) => {
    assert.ok(OVERRIDE_TEXT.includes(from), from)
    const marked = OVERRIDE_TEXT.replace(from, () => to)
    const { folder, mistakes } = load(context, { 'bad.yaml': marked.replace('¦', '') })
    assert.equal(mistakes.length, 1, wordsOf(mistakes).join('\n'))
    assert.equal(mistakes[0]?.file, join(folder, 'bad.yaml'))
    assert.ok(mistakes[0]?.message.includes(message), mistakes[0]?.message)
    const before = marked.slice(0, marked.indexOf('¦')).split('\n')
    assert.deepEqual([mistakes[0]?.line, mistakes[0]?.column], [before.length, (before.at(-1)?.length ?? 0) + 1])
  })
}

test('an override that changes nothing is a mistake', (context) => {
  const { mistakes } = load(context, { 'empty.yaml': 'extends: test/model-1\n' })
  assert.match(wordsOf(mistakes).join('\n'), /^1:1 an override changes one field or more of name, description,/)
})

test('two overrides of one model in one folder are a mistake in the second', (context) => {
  const name = 'extends: test/model-1\nname: A\n'
  const { folder, mistakes } = load(context, { 'a.yaml': name, 'b.yaml': name })
  assert.deepEqual(wordsOf(mistakes), [`1:10 test/model-1 is already extended by ${join(folder, 'a.yaml')}`])
})

test('where the extended model has a mistake itself, only that is reported', (context) => {
  const broken = editModelText('type: video', 'type: movie')
  const { mistakes } = load(context, { 'price.yaml': 'extends: test/model-1\nprice: { base: 5 }\n' }, broken)
  assert.deepEqual(wordsOf(mistakes), ['2:7 type must be one of image, video, audio'])
})
