import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { parseDocument } from 'yaml'
import { ModelDocument } from './model-document.ts'
import { readModelFile } from './read-model.ts'
import { readOverride } from './read-override.ts'
import { BAD_MODEL_FILES } from './testing/bad-model-files.ts'
import { BAD_OVERRIDE_FILES, OVERRIDE_TEXT } from './testing/bad-override-files.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'
import { SHIPPED_MODELS } from './testing/test-models.ts'

const MODELS = new URL('../../../../models/', import.meta.url)

const schema: unknown = JSON.parse(readFileSync(new URL('model.schema.json', MODELS), 'utf8'))
assert.ok(typeof schema === 'object' && schema !== null)
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema)

function isValid(text: string): boolean {
  const document = parseDocument(text, { uniqueKeys: false })
  return document.errors.length === 0 && validate(document.toJS())
}

for (const file of readdirSync(MODELS).filter((name) => name.endsWith('.yaml'))) {
  test(`editor and server both accept the shipped ${file}, which names the schema in its first line`, () => {
    const text = readFileSync(new URL(file, MODELS), 'utf8')
    assert.deepEqual(readModelFile(new ModelDocument(file, text)).mistakes, [])
    assert.ok(isValid(text), JSON.stringify(validate.errors))
    assert.ok(text.startsWith('# yaml-language-server: $schema=./model.schema.json\n'))
  })
}

test('editor and server both accept a file with every kind of field', () => {
  assert.deepEqual(readModelFile(new ModelDocument('test.yaml', MODEL_TEXT)).mistakes, [])
  assert.ok(isValid(MODEL_TEXT), JSON.stringify(validate.errors))
})

for (const { from, to, isSeenBySchema } of BAD_MODEL_FILES) {
  const edit = `${JSON.stringify(to)} instead of ${JSON.stringify(from)}`
  test(`the editor ${isSeenBySchema ? 'also refuses' : 'leaves to the server'} ${edit}`, () => {
    assert.equal(isValid(editModelText(from, to).replace('¦', '')), !isSeenBySchema)
  })
}

test('the editor accepts an override with every field, and none that changes nothing', () => {
  assert.ok(isValid(OVERRIDE_TEXT), JSON.stringify(validate.errors))
  assert.ok(!isValid('extends: test/model-1\n'))
  assert.ok(!isValid(`${MODEL_TEXT}disabled: true\n`))
})

for (const { from, to, isSeenBySchema } of BAD_OVERRIDE_FILES) {
  const edit = `${JSON.stringify(to)} instead of ${JSON.stringify(from)} in an override`
  test(`the editor ${isSeenBySchema ? 'also refuses' : 'leaves to the server'} ${edit}`, () => {
    assert.equal(isValid(OVERRIDE_TEXT.replace(from, () => to).replace('¦', '')), !isSeenBySchema)
  })
}

test('the worked examples of the README are accepted by editor and server', () => {
  const readme = readFileSync(new URL('README.md', MODELS), 'utf8')
  const blocks = Array.from(readme.matchAll(/```yaml\n(.*?)```/gs), (match) => match[1] ?? '')
  const [whole = '', override = '', routes = '', ...prices] = blocks
  assert.deepEqual(readModelFile(new ModelDocument('README.md', whole)).mistakes, [])
  const extended = SHIPPED_MODELS.find(({ slug }) => override.includes(`extends: ${slug}\n`))
  assert.ok(extended, 'the override of the README extends a model of ours')
  assert.deepEqual(readOverride(new ModelDocument('README.md', override)).apply(extended).mistakes, [])
  assert.ok(isValid(whole) && isValid(override))
  assert.equal(prices.length, 5)
  const withRoutes = editModelText('engine: { name: local, settings: { task: motion } }\n', routes)
    .replaceAll('count:', 'num_images:')
    .replaceAll('720p', '2K')
  assert.deepEqual(readModelFile(new ModelDocument('README.md', withRoutes)).mistakes, [])
  assert.ok(isValid(withRoutes))
  const frame = `slug: a
type: image
name: A
capabilities: [a]
engine: { name: a }
parameters:
  num_images: { type: integer, minimum: 1, maximum: 4, default: 1 }
  resolution: { type: string, enum: RESOLUTIONS, required: true }
  quality: { type: string, enum: [standard, high], required: true }
  duration: { type: integer, enum: [4, 8], default: 4 }
  with_audio: { type: boolean, required: true }
  text: { type: string, required: true, min_length: 1 }
`
  for (const price of prices) {
    const resolutions = price.includes('1080p') ? '[720p, 1080p]' : '[480p, 720p]'
    const text = frame.replace('RESOLUTIONS', resolutions) + price
    assert.deepEqual(readModelFile(new ModelDocument('README.md', text)).mistakes, [], price)
    assert.ok(isValid(text), price)
  }
})
