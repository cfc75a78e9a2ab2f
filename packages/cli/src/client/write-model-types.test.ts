import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ModelDetail } from '@clipia/client'
import { writeModelTypes } from './write-model-types.ts'

const PRICING = { credits: 1, credits_base: 1, multipliers: {} }
const model = (slug: string, input_schema: ModelDetail['input_schema'], name = slug): ModelDetail => {
  return { slug, type: 'image', name, capabilities: [], pricing: PRICING, input_schema }
}

test('the text depends on the models only, not on the order in which they came', () => {
  const models = [model('b', {}), model('a', {})]
  assert.equal(writeModelTypes(models), writeModelTypes(models.toReversed()))
})

test('every kind of field has its type, and what it may hold stands beside it', () => {
  const text = writeModelTypes([
    model('google/imagen4', {
      prompt: { type: 'string', required: true, description: 'Words.', max_length: 9 },
      size: { type: 'string', required: false, enum: ['1K', '2K'], default: '1K' },
      duration: { type: 'integer', required: false, enum: [4, 8] },
      strength: { type: 'number', required: false, minimum: 0, maximum: 1 },
      fast: { type: 'boolean', required: false },
      image_urls: { type: 'array', required: false, items: { type: 'string', format: 'uri' }, max_items: 3 },
      sizes: { type: 'array', required: false, items: { type: 'integer', enum: [1, 2] } },
      anything: { type: 'object', required: false },
    }),
  ])
  for (const line of [
    '"google/imagen4": {',
    '/** Words. At most 9 characters. */\n      "prompt": string\n',
    '/** Default "1K". */\n      "size"?: "1K" | "2K"\n',
    '"duration"?: 4 | 8\n',
    '/** 0 to 1. */\n      "strength"?: number\n',
    '"fast"?: boolean\n',
    '"image_urls"?: (string)[]\n',
    '"sizes"?: (1 | 2)[]\n',
    '"anything"?: Record<string, unknown>\n',
  ]) {
    assert.ok(text.includes(line), `${line}\nis not in\n${text}`)
  }
})

test('no text of a catalogue gets out of its place', () => {
  const text = writeModelTypes([
    model('a"]: never', { 'b"x': { type: 'string', required: true, description: 'end */ declare\nconst' } }, 'x */ y'),
  ])
  assert.ok(text.includes('"a\\"]: never": {') && text.includes('"b\\"x": string'))
  assert.equal(text.match(/\*\//g)?.length, 2)
  assert.ok(!text.includes('\nconst'))
})
