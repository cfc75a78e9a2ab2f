import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainPrice } from './show-price.ts'

const breakdown = { base: 4, factors: [], counts: [], exact: '4', credits: 4 }

test('a price is told with what it is made of, and a plain one plainly', () => {
  assert.equal(explainPrice({ credits: 1, breakdown: { ...breakdown, base: 1 } }), '1 credit')
  const factors = [
    { param: 'resolution', value: '4K', factor: 2.5 },
    { param: 'fast', value: true, factor: 1 },
  ]
  const counts = [{ param: 'num_images', value: 2, unit: 'image' }]
  assert.equal(
    explainPrice({ credits: 20, breakdown: { ...breakdown, factors, counts } }),
    '20 credits = 4 × 2.5 (resolution 4K) × 2 images',
  )
  const table = { ...breakdown, base: 9.4, base_for: { resolution: '720p' } }
  const seconds = [{ param: 'duration', value: 1, unit: 'second' }]
  assert.equal(
    explainPrice({ credits: 10, breakdown: { ...table, counts: seconds } }),
    '10 credits = 9.4 (720p) × 1 second',
  )
})
