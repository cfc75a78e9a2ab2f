import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ModelInputField } from '@clipia/client'
import { parseParameter, splitParameter } from './parse-parameter.ts'

const field = (type: ModelInputField['type']): ModelInputField => ({ type, required: false })

test("a value is what the model's description of the field says", () => {
  assert.equal(parseParameter('4', field('integer')), 4)
  assert.equal(parseParameter('-0.5', field('number')), -0.5)
  assert.equal(parseParameter('4', field('string')), '4')
  assert.equal(parseParameter('true', field('boolean')), true)
  assert.deepEqual(parseParameter('a,b', field('array')), ['a', 'b'])
  assert.deepEqual(parseParameter('["a,b"]', field('array')), ['a,b'])
  assert.deepEqual(parseParameter('{"a":1}', field('object')), { a: 1 })
})

test('what does not fit stays text, for the server to refuse by name', () => {
  for (const type of ['integer', 'number', 'boolean', 'object'] as const) {
    for (const text of ['', 'four', 'yes', '{']) assert.equal(parseParameter(text, field(type)), text)
  }
  assert.equal(parseParameter('4', undefined), '4')
})

test('a parameter is split at its first equals sign', () => {
  assert.deepEqual(splitParameter('prompt=a=b'), ['prompt', 'a=b'])
  assert.deepEqual(splitParameter('prompt='), ['prompt', ''])
  for (const text of ['prompt', '=4', '']) assert.throws(() => splitParameter(text), /--param must be key=value/)
})
