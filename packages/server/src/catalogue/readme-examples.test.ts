import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Model } from './model.ts'
import { ModelDocument } from './model-document.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { readModelFile } from './read-model.ts'
import { readOverride } from './read-override.ts'
import { editModelText } from './testing/model-text.ts'
import { modelOf, SHIPPED_FOLDER, SHIPPED_MODELS } from './testing/test-models.ts'
import { validateModelText } from './testing/validate-model-text.ts'

const README = readFileSync(join(SHIPPED_FOLDER, 'README.md'), 'utf8')
const [whole = '', override = '', routes = '', ...prices] = Array.from(
  README.matchAll(/```yaml\n(.*?)```/gs),
  (match) => match[1] ?? '',
)

/** What the README says an input costs with the price that stands below it. */
const FIGURES: readonly [claim: string, price: number, input: object, credits: number][] = [
  ['3 images: 4 x 3 = 12.', 0, { num_images: 3 }, 12],
  ['720p, 4 s: 9.4 x 4 = 37.6, so 38.', 1, { resolution: '720p', duration: 4 }, 38],
  ['480p, 8 s: 5.6 x 8 = 44.8, so 45.', 1, { resolution: '480p', duration: 8 }, 45],
  ['With sound, at high quality: 28 x 1.5 = 42.', 2, { quality: 'high', with_audio: true }, 42],
  ['8 s at 1080p: 90.', 3, { resolution: '1080p', duration: 8 }, 90],
  ['2,500 characters: 3 started thousands, 0.9 x 3 = 2.7, so 3.', 4, { text: 'x'.repeat(2_500) }, 3],
  ['at 20,000 characters both are 18.', 4, { text: 'x'.repeat(20_000) }, 18],
]

/** A model with every parameter that the worked examples price, at one of their prices. */
function modelWith(price: string): Model {
  const resolutions = price.includes('1080p') ? '[720p, 1080p]' : '[480p, 720p]'
  const text = `slug: a
type: image
name: A
capabilities: [a]
engine: { name: a }
parameters:
  num_images: { type: integer, minimum: 1, maximum: 4, default: 1 }
  resolution: { type: string, enum: ${resolutions}, default: 720p }
  quality: { type: string, enum: [standard, high], default: standard }
  duration: { type: integer, enum: [4, 8], default: 4 }
  with_audio: { type: boolean, default: false }
  text: { type: string, required: true, min_length: 1, max_length: 20000 }
${price}`
  assert.deepEqual(validateModelText(text), [], price)
  return modelOf(text)
}

function costOf(model: Model, raw: object): number {
  return priceOf(model, normalizeInput(model, raw, { checkUrl: () => null })).credits
}

test('the file of "a model in ten minutes" is accepted as it stands, and costs what is said there', () => {
  assert.deepEqual(readModelFile(new ModelDocument('README.md', whole)).mistakes, [])
  assert.deepEqual(validateModelText(whole), [])
  const [, input = ''] = /-d '\{"input": (\{.*?\})\}'/.exec(README) ?? []
  const [, credits] = /It answers `"credits": (\d+)`/.exec(README) ?? []
  assert.equal(costOf(modelOf(whole), JSON.parse(input)), Number(credits))
})

test('the override of the README changes a model of ours', () => {
  const extended = SHIPPED_MODELS.find(({ slug }) => override.includes(`extends: ${slug}\n`))
  assert.ok(extended)
  const { model, mistakes } = readOverride(new ModelDocument('README.md', override)).apply(extended)
  assert.deepEqual([mistakes, validateModelText(override)], [[], []])
  assert.ok(model && costOf(model, { prompt: 'a' }) !== costOf(extended, { prompt: 'a' }))
})

test('the routes of the README are accepted', () => {
  const text = editModelText('engine: { name: local, settings: { task: motion } }\n', routes)
    .replaceAll('count:', 'num_images:')
    .replaceAll('720p', '2K')
  assert.deepEqual(readModelFile(new ModelDocument('README.md', text)).mistakes, [])
  assert.deepEqual(validateModelText(text), [])
})

for (const [claim, index, input, credits] of FIGURES) {
  test(`a worked example is true: ${claim}`, () => {
    const at = README.replaceAll('\n', ' ').indexOf(claim)
    assert.ok(at > 0, 'the README says so')
    const price = prices[index] ?? ''
    assert.equal(README.indexOf('```yaml', at), README.indexOf(`\`\`\`yaml\n${price}`), 'right above its price')
    assert.equal(costOf(modelWith(price), { text: 'x', ...input }), credits)
  })
}

test('every price of the README has a figure that was worked out', () => {
  assert.deepEqual([...new Set(FIGURES.map(([, index]) => index))], [...prices.keys()])
})

test('with round: exact the same speech costs what the README says', () => {
  const exact = modelWith((prices[4] ?? '').replace(', round: up', ''))
  assert.ok(README.includes('0.9 x 2.5 = 2.25, so 3'))
  assert.deepEqual([costOf(exact, { text: 'x'.repeat(2_500) }), costOf(exact, { text: 'x'.repeat(20_000) })], [3, 18])
})
