import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseMove } from './choose-move.ts'

test('a prompt that speaks of the camera chooses its move, in English and in Russian', () => {
  const cases = {
    'The camera pans slowly to the left over a bay': 'pan-left',
    'panning shot of dunes': 'pan-right',
    'Zooming out from the moon': 'zoom-out',
    'zoom into the eye': 'zoom-in',
    'the camera pulls back from the door': 'dolly-out',
    'Slow push in, candle light': 'dolly-in',
    'tilt down to the river': 'tilt-down',
    'tilting up a tower': 'tilt-up',
    'orbiting the statue': 'orbit',
    'static shot, tripod': 'still',
    'parallax layers of hills': 'parallax',
    'Камера едет вправо вдоль моря': 'pan-right',
    'Облёт вокруг маяка': 'orbit',
    'Наезд на окно': 'dolly-in',
  }
  for (const [prompt, move] of Object.entries(cases)) assert.equal(chooseMove('auto', prompt), move, prompt)
})

test('a named move is itself, and words that only contain such a word mean nothing', () => {
  assert.equal(chooseMove('tilt-up', 'pan left'), 'tilt-up')
  for (const prompt of ['a panda in a company', 'a fence around the house to the left', 'planets in orbit', ''])
    assert.equal(chooseMove('auto', prompt), 'dolly-in')
})
