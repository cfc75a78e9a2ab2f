import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseStyle } from './choose-style.ts'
import { STUDIO_STYLES } from './studio-task-types.ts'

test('auto reaches every style, and the same seed and prompt always the same one', () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => String(seed))
  const chosen = seeds.map((seed) => chooseStyle('auto', seed, 'sea'))
  assert.deepEqual(new Set(chosen), new Set(STUDIO_STYLES))
  assert.deepEqual(
    seeds.map((seed) => chooseStyle('auto', seed, 'sea')),
    chosen,
  )
})

test('with one seed different prompts reach different styles', () => {
  const prompts = Array.from({ length: 40 }, (_, index) => `prompt ${index}`)
  assert.equal(new Set(prompts.map((prompt) => chooseStyle('auto', '1', prompt))).size, STUDIO_STYLES.length)
})

test('a named style is itself and an unknown name is refused', () => {
  assert.equal(chooseStyle('weave', '1', 'sea'), 'weave')
  assert.throws(() => chooseStyle('oil', '1', 'sea'), RangeError)
})
