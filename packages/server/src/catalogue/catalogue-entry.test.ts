import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ModelDetail, ModelEntry, PriceBreakdown } from '@clipia/contract'
import { Ajv } from 'ajv'
import { toModelDetail, toModelEntry } from './catalogue-entry.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { SHIPPED_MODELS, SPEECH_MODEL, TEST_MODEL } from './testing/test-models.ts'

const ajv = new Ajv()
const isEntry = ajv.compile(ModelEntry)
const isDetail = ajv.compile(ModelDetail)
const isBreakdown = ajv.compile(PriceBreakdown)

for (const model of [...SHIPPED_MODELS, TEST_MODEL, SPEECH_MODEL]) {
  test(`${model.slug}: entry and detail fit the wire and tell nothing of the engine`, () => {
    const entry = toModelEntry(model)
    const detail = toModelDetail(model, { available: false })
    assert.ok(isEntry(entry), JSON.stringify(isEntry.errors))
    assert.ok(isDetail(detail), JSON.stringify(isDetail.errors))
    assert.ok(!('available' in entry) && detail.available === false)
    assert.deepEqual(Object.keys(detail.input_schema), [...model.parameters.keys()])
    // A provider's name of a model may be its slug, which is no secret.
    const text = JSON.stringify({ ...detail, slug: '' })
    for (const { settings } of model.routes) {
      for (const setting of Object.values(settings)) assert.ok(!text.includes(JSON.stringify(setting)))
    }
    assert.ok(!('engine' in detail || 'routes' in detail))
  })
}

test('the price of an entry is the price of an input with the defaults', () => {
  const input = normalizeInput(TEST_MODEL, { prompt: 'a' }, { checkUrl: () => null })
  const { credits, breakdown } = priceOf(TEST_MODEL, input)
  assert.ok(isBreakdown(breakdown), JSON.stringify(isBreakdown.errors))
  assert.deepEqual(toModelEntry(TEST_MODEL).pricing, {
    credits,
    credits_base: 9.4,
    multipliers: { resolution: { '480p': 0.595745, '720p': 1 }, with_audio: { false: 1, true: 1.5 } },
    counts: [
      { param: 'duration', unit: 'second', per: 1, rounding: 'exact' },
      { param: 'count', unit: 'video', per: 1, rounding: 'exact' },
    ],
    note: 'The multipliers are rounded; an estimate gives the exact price.',
  })
})

test('where a priced field has no default, the note says what the price is for', () => {
  const { pricing } = toModelEntry(SPEECH_MODEL)
  assert.equal(pricing.credits, 1)
  assert.match(pricing.note ?? '', /^credits is for voice plain and text of 1000 characters\./)
})

test('a descriptor has exactly the fields that apply', () => {
  const { input_schema } = toModelDetail(TEST_MODEL)
  assert.deepEqual(input_schema.duration, { type: 'integer', enum: [4, 8], required: false, default: 4 })
  assert.deepEqual(input_schema.image_urls, {
    type: 'array',
    required: false,
    items: { type: 'string', max_length: 8192, format: 'uri' },
    max_items: 3,
  })
})
