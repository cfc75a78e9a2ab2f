import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TONE_MOODS } from '../studio-task-types.ts'
import { chooseMood } from './choose-mood.ts'

test('a prompt that names a mood gets it, in English and in Russian', () => {
  const cases = {
    'Deep night': 'dark',
    Звёзды: 'dreamy',
    'Morning sun': 'bright',
    'Тёплый вечер': 'warm',
    'a river': 'calm',
  }
  for (const [prompt, mood] of Object.entries(cases)) {
    const chosen = chooseMood('auto', prompt, '1')
    assert.equal(chosen, mood, prompt)
  }
})

test('a named mood is itself, and without any name the seed reaches them all', () => {
  assert.equal(chooseMood('warm', 'deep night', '1'), 'warm')
  const seeds = Array.from({ length: 60 }, (_, seed) => String(seed))
  assert.deepEqual(new Set(seeds.map((seed) => chooseMood('auto', '', seed))), new Set(TONE_MOODS))
})
