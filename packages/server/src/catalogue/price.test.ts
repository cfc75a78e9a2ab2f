import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ceilDecimal, parseDecimal } from './decimal.ts'
import type { Model, NormalizedInput } from './model.ts'
import { normalizeInput } from './normalize-input.ts'
import { priceOf } from './price.ts'
import { arbitraryInput, arbitraryValue } from './testing/arbitrary-input.ts'
import { EXACT_SPEECH_MODEL, SHIPPED_MODELS, SPEECH_MODEL, TEST_MODEL } from './testing/test-models.ts'

const MODELS = [...SHIPPED_MODELS, TEST_MODEL, SPEECH_MODEL, EXACT_SPEECH_MODEL]

function normalize(model: Model, input: unknown): NormalizedInput {
  return normalizeInput(model, input, { checkUrl: () => null })
}

function creditsFor(slug: string, input: unknown): number {
  const model = MODELS.find((candidate) => candidate.slug === slug)
  assert.ok(model)
  return priceOf(model, normalize(model, input)).credits
}

for (const [slug, input, credits] of [
  ['canvas-1', { prompt: 'a' }, 1],
  ['canvas-1', { prompt: 'a', resolution: '2K', num_images: 3 }, 6],
  ['motion-1', { prompt: 'a' }, 4],
  ['motion-1', { prompt: 'a', resolution: '480p', duration: 3 }, 2],
  ['motion-1', { prompt: 'a', resolution: '1080p', duration: 8 }, 16],
  ['nano-banana-2', { prompt: 'a', num_images: 4, resolution: '4K' }, 32],
  ['google/imagen4', { prompt: 'a' }, 3],
  ['seedance-2-fast-i2v', { image_url: 'https://a.example/b.png' }, 38],
  ['seedance-2-fast-i2v', { image_url: 'https://a.example/b.png', resolution: '480p' }, 23],
  ['seedance-2-fast-i2v', { image_url: 'https://a.example/b.png', resolution: '480p', duration: 8 }, 45],
  ['seedance-2-fast-i2v', { image_url: 'https://a.example/b.png', duration: 8 }, 76],
  ['speech-2', { text: 'x'.repeat(2500) }, 3],
  ['speech-2', { text: '😀'.repeat(1000) }, 1],
  ['speech-1', { text: 'x'.repeat(1001), voice: 'plain', speed: 4 }, 1],
] as const) {
  const shown = JSON.stringify(input).slice(0, 80)
  test(`${slug} with ${shown} costs ${credits}`, () => assert.equal(creditsFor(slug, input), credits))
}

test('the breakdown shows every factor and count, and the exact product before it was rounded up', () => {
  const input = { prompt: 'a', duration: 8, with_audio: true, count: 3 }
  assert.deepEqual(priceOf(TEST_MODEL, normalize(TEST_MODEL, input)), {
    credits: 339,
    breakdown: {
      base: 9.4,
      base_for: { resolution: '720p' },
      factors: [{ param: 'with_audio', value: true, factor: 1.5 }],
      counts: [
        { param: 'duration', value: 8, unit: 'second' },
        { param: 'count', value: 3, unit: 'video' },
      ],
      exact: '338.4',
      credits: 339,
    },
  })
})

test('an input that was not normalised has no price', () => {
  assert.throws(() => priceOf(TEST_MODEL, {}), RangeError)
  assert.throws(() => priceOf(TEST_MODEL, { ...normalize(TEST_MODEL, { prompt: 'a' }), resolution: '8K' }), RangeError)
  assert.throws(() => priceOf(TEST_MODEL, Object.create(normalize(TEST_MODEL, { prompt: 'a' }))), RangeError)
})

/** The price by another way than the code: ratios of whole numbers from start to end, never reduced. */
function slowPrice(model: Model, input: NormalizedInput): bigint {
  const { start, multipliers, counts } = model.price
  const key = start.kind === 'table' ? start.by.map((name) => String(input[name])).join('\n') : ''
  const first = start.kind === 'table' ? start.credits.get(key) : start.credits
  const factors = Array.from(multipliers, ([name, byValue]) => byValue.get(String(input[name])))
  let top = 1n
  let bottom = 1n
  for (const decimal of [first, ...factors]) {
    assert.ok(decimal)
    top *= decimal.digits
    bottom *= 10n ** BigInt(decimal.scale)
  }
  for (const { param, per, rounding } of counts) {
    const value = input[param]
    const [whole = '', fraction = ''] = String(typeof value === 'string' ? Array.from(value).length : value).split('.')
    const amount = BigInt(whole + fraction)
    const unit = 10n ** BigInt(fraction.length) * BigInt(per)
    top *= rounding === 'up' ? ceilRatio(amount, unit) : amount
    bottom *= rounding === 'up' ? 1n : unit
  }
  return ceilRatio(top, bottom)
}

function ceilRatio(top: bigint, bottom: bigint): bigint {
  return top / bottom + (top % bottom === 0n ? 0n : 1n)
}

for (const model of MODELS) {
  test(`${model.slug}: the price is whole, positive, exact, and the same whether defaults are given or left out`, () => {
    fc.assert(
      fc.property(arbitraryInput(model), (raw) => {
        const input = normalize(model, raw)
        const { credits, breakdown } = priceOf(model, input)
        assert.ok(Number.isSafeInteger(credits) && credits > 0)
        assert.equal(BigInt(credits), slowPrice(model, input))
        assert.equal(BigInt(credits), ceilDecimal(parseDecimal(breakdown.exact) ?? { digits: -1n, scale: 0 }))
        assert.deepEqual(priceOf(model, normalize(model, { ...input, ...raw })), { credits, breakdown })
        assert.deepEqual(normalize(model, input), input)
        assert.deepEqual(
          Object.keys(input),
          Array.from(model.parameters.keys()).filter((name) => name in input),
        )
      }),
    )
  })

  for (const { param } of model.price.counts) {
    test(`${model.slug}: more ${param} never costs less`, () => {
      const parameter = model.parameters.get(param)
      assert.ok(parameter)
      const sizeOf = (value: unknown) => (typeof value === 'string' ? Array.from(value).length : Number(value))
      fc.assert(
        fc.property(arbitraryInput(model), arbitraryValue(parameter), arbitraryValue(parameter), (raw, one, other) => {
          const [less, more] = sizeOf(one) <= sizeOf(other) ? [one, other] : [other, one]
          const cheap = priceOf(model, normalize(model, { ...raw, [param]: less })).credits
          assert.ok(cheap <= priceOf(model, normalize(model, { ...raw, [param]: more })).credits)
        }),
      )
    })
  }
}
