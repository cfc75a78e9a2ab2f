import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peaksOf } from './waveform.ts'

test('draws the loudest part of a sound in full, and the others beside it', () => {
  assert.deepEqual(peaksOf(Float32Array.of(0.1, -0.25, 0.5, 0), 2), [0.5, 1])
})

test('draws silence, and sounds shorter than the drawing', () => {
  assert.deepEqual(peaksOf(new Float32Array(4), 2), [0, 0])
  assert.deepEqual(peaksOf(Float32Array.of(1), 3), [1, 0, 0])
})
