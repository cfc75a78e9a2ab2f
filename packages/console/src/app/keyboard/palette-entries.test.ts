import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findEntries } from './palette-entries.ts'

const run = () => undefined
const ENTRIES = [
  { id: 'a', title: 'Go to usage', run },
  { id: 'b', title: 'Usable model', note: 'usable-1', run },
  { id: 'c', title: 'Canvas 1', note: 'canvas-1', words: 'text-to-image', run },
]
const idsOf = (text: string) => findEntries(ENTRIES, text).map(({ id }) => id)

test('finds by every word, in titles, notes and hidden words alike', () => {
  assert.deepEqual(idsOf('image CANVAS'), ['c'])
  assert.deepEqual(idsOf('canvas usage'), [])
})

test('puts what begins with the text first, and all where nothing is typed', () => {
  assert.deepEqual(idsOf('usa'), ['b', 'a'])
  assert.deepEqual(idsOf('  '), ['a', 'b', 'c'])
})
