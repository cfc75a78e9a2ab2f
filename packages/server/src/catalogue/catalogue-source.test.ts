import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CatalogueError } from './catalogue-error.ts'
import { openCatalogue } from './catalogue-source.ts'
import { makeFolder } from './testing/make-folder.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'

test('a reload puts the whole new catalogue in place and says what changed', (context) => {
  const folder = makeFolder(context, { 'a.yaml': MODEL_TEXT, 'b.yaml': MODEL_TEXT.replace('test/model-1', 'b') })
  const source = openCatalogue([folder])
  const before = source.current()
  rmSync(join(folder, 'b.yaml'))
  writeFileSync(join(folder, 'c.yaml'), MODEL_TEXT.replace('test/model-1', 'c'))
  writeFileSync(join(folder, 'a.yaml'), editModelText('720p: 9.4', '720p: 9.5'))
  assert.deepEqual(source.reload(), { models: 2, added: ['c'], removed: ['b'], repriced: ['test/model-1'] })
  assert.deepEqual(
    source
      .current()
      .list()
      .map(({ slug }) => slug),
    ['c', 'test/model-1'],
  )
  assert.ok(before.find('b') !== null && before.find('c') === null, 'who holds the old catalogue goes on with it')
})

test('a new text for people is no new price', (context) => {
  const folder = makeFolder(context, { 'a.yaml': MODEL_TEXT })
  const source = openCatalogue([folder])
  writeFileSync(join(folder, 'a.yaml'), editModelText('name: Test', 'name: Better'))
  assert.deepEqual(source.reload(), { models: 1, added: [], removed: [], repriced: [] })
  assert.equal(source.current().find('test/model-1')?.name, 'Better')
})

test('a reload with a mistake anywhere changes nothing and names every mistake', (context) => {
  const folder = makeFolder(context, { 'a.yaml': MODEL_TEXT })
  const source = openCatalogue([folder])
  const before = source.current()
  writeFileSync(join(folder, 'a.yaml'), editModelText('name: Test', 'name: Better'))
  writeFileSync(join(folder, 'b.yaml'), 'slug: b\n')
  assert.throws(
    () => source.reload(),
    (error: unknown) => error instanceof CatalogueError && error.mistakes.length > 1,
  )
  assert.equal(source.current(), before)
})
