import assert from 'node:assert/strict'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CatalogueError, type Mistake } from './catalogue-error.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { makeFolder } from './testing/make-folder.ts'
import { editModelText, MODEL_TEXT } from './testing/model-text.ts'
import { SHIPPED_FOLDER } from './testing/test-models.ts'

function mistakesOf(folders: readonly string[]): readonly Mistake[] {
  try {
    loadCatalogue(folders)
  } catch (error) {
    assert.ok(error instanceof CatalogueError)
    return error.mistakes
  }
  return []
}

test('the shipped models are found by slug and listed in the order of their slugs', () => {
  const catalogue = loadCatalogue([SHIPPED_FOLDER])
  const slugs = catalogue.list().map(({ slug }) => slug)
  assert.equal(slugs.length, readdirSync(SHIPPED_FOLDER).filter((name) => name.endsWith('.yaml')).length)
  assert.deepEqual(slugs, slugs.toSorted())
  assert.equal(catalogue.find('google/imagen4')?.name, 'Imagen 4')
  assert.equal(catalogue.find('toString'), null)
})

test('the list can be narrowed by type and by capability', (context) => {
  const video = MODEL_TEXT.replace('test/model-1', 'video-1')
  const image = video.replace('video-1', 'image-1').replace('type: video', 'type: image')
  const both = image.replace('image-1', 'image-2').replace('[text-to-video]', '[text-to-image, image-to-image]')
  const catalogue = loadCatalogue([makeFolder(context, { 'a.yaml': video, 'b.yaml': image, 'c.yaml': both })])
  const slugsOf = (filter: Parameters<typeof catalogue.list>[0]) => catalogue.list(filter).map(({ slug }) => slug)
  assert.deepEqual(slugsOf({ type: 'image' }), ['image-1', 'image-2'])
  assert.deepEqual(slugsOf({ capability: 'image-to-image' }), ['image-2'])
  assert.deepEqual(slugsOf({ type: 'video', capability: 'text-to-video' }), ['video-1'])
  assert.deepEqual(slugsOf({ type: 'hologram' }), [])
})

test('a later folder replaces a model of an earlier one as a whole', (context) => {
  const earlier = makeFolder(context, { 'a.yaml': MODEL_TEXT, 'notes.txt': 'not a model' })
  const later = makeFolder(context, { 'b.yaml': editModelText('  extra: { type: object }\n', '') })
  const catalogue = loadCatalogue([earlier, later])
  assert.equal(catalogue.list().length, 1)
  assert.equal(catalogue.find('test/model-1')?.parameters.has('extra'), false)
})

test('two files of one folder with the same slug are a mistake at the slug of the second', (context) => {
  const folder = makeFolder(context, { 'a.yaml': MODEL_TEXT, 'b.yaml': MODEL_TEXT })
  assert.deepEqual(mistakesOf([folder]), [
    {
      file: join(folder, 'b.yaml'),
      line: 1,
      column: 7,
      message: `the slug test/model-1 is already that of ${join(folder, 'a.yaml')}`,
    },
  ])
})

test('the mistakes of all files are reported in one error that an editor can follow', (context) => {
  const folder = makeFolder(context, {
    'a.yaml': editModelText('type: video', 'type: movie'),
    'b.yaml': editModelText('unit: second', 'unit: 5'),
    'c.yml': MODEL_TEXT,
    'd.yaml': Uint8Array.of(0x61, 0x3a, 0x20, 0xff),
  })
  mkdirSync(join(folder, 'e.yaml'))
  const absent = join(folder, 'absent')
  const mistakes = mistakesOf([folder, absent])
  assert.deepEqual(
    mistakes.map(({ file, line, column }) => [file.slice(folder.length + 1), line, column]),
    [
      ['c.yml', 1, 1],
      ['a.yaml', 2, 7],
      ['b.yaml', 20, 31],
      ['b.yaml', 1, 7],
      ['d.yaml', 1, 1],
      ['e.yaml', 1, 1],
      ['absent', 1, 1],
    ],
  )
  const { message } = new CatalogueError(mistakes)
  assert.ok(message.includes(`${join(folder, 'a.yaml')}:2:7 type must be one of image, video, audio`), message)
})

test('no folder gives an empty catalogue', () => {
  assert.deepEqual(loadCatalogue([]).list(), [])
})
