import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMoods, readStyles } from './prompt-words.ts'

test('subjects are found in English and Russian, in capitals and with endings', () => {
  assert.deepEqual(readStyles('MOUNTAINS, far away'), new Set(['ridges']))
  assert.deepEqual(readStyles('Джазовый вечер'), new Set(['grid']))
  assert.deepEqual(readMoods('Ночной дождь'), new Set(['night', 'sea']))
})

test('words that only begin alike are not taken for a subject', () => {
  assert.deepEqual(readStyles('A window, a picture, a start; картина, лестница'), new Set())
  assert.deepEqual(readMoods('A start; водитель, реклама, розетка'), new Set())
})
