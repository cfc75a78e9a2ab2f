import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ModelDocument } from './model-document.ts'
import { readModelFile } from './read-model.ts'
import { BAD_MODEL_FILES } from './testing/bad-model-files.ts'
import { BAD_OVERRIDE_FILES, OVERRIDE_TEXT } from './testing/bad-override-files.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'
import { validateModelText } from './testing/validate-model-text.ts'

const MODELS = new URL('../../../../models/', import.meta.url)

function isValid(text: string): boolean {
  return validateModelText(text).length === 0
}

for (const file of readdirSync(MODELS).filter((name) => name.endsWith('.yaml'))) {
  test(`editor and server both accept the shipped ${file}, which names the schema in its first line`, () => {
    const text = readFileSync(new URL(file, MODELS), 'utf8')
    assert.deepEqual(readModelFile(new ModelDocument(file, text)).mistakes, [])
    assert.deepEqual(validateModelText(text), [])
    assert.ok(text.startsWith('# yaml-language-server: $schema=./model.schema.json\n'))
  })
}

test('editor and server both accept a file with every kind of field', () => {
  assert.deepEqual(readModelFile(new ModelDocument('test.yaml', MODEL_TEXT)).mistakes, [])
  assert.deepEqual(validateModelText(MODEL_TEXT), [])
})

for (const { from, to, isSeenBySchema } of BAD_MODEL_FILES) {
  const edit = `${JSON.stringify(to)} instead of ${JSON.stringify(from)}`
  test(`the editor ${isSeenBySchema ? 'also refuses' : 'leaves to the server'} ${edit}`, () => {
    assert.equal(isValid(editModelText(from, to).replace('¦', '')), !isSeenBySchema)
  })
}

test('the editor accepts an override with every field, and none that changes nothing', () => {
  assert.deepEqual(validateModelText(OVERRIDE_TEXT), [])
  assert.ok(!isValid('extends: test/model-1\n'))
  assert.ok(!isValid(`${MODEL_TEXT}disabled: true\n`))
})

for (const { from, to, isSeenBySchema } of BAD_OVERRIDE_FILES) {
  const edit = `${JSON.stringify(to)} instead of ${JSON.stringify(from)} in an override`
  test(`the editor ${isSeenBySchema ? 'also refuses' : 'leaves to the server'} ${edit}`, () => {
    assert.equal(isValid(OVERRIDE_TEXT.replace(from, () => to).replace('¦', '')), !isSeenBySchema)
  })
}
