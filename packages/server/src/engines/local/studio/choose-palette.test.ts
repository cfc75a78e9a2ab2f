import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePalette } from './choose-palette.ts'
import { lightness, toRgb } from './color.ts'
import { PALETTES } from './studio-task-types.ts'
import { ridgesStyle } from './styles/ridges.ts'
import { STYLES } from './styles/styles.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => String(seed))

test('a prompt about the night gets a dark sky and one about snow a light one, in English and in Russian', () => {
  const skies = (prompt: string) =>
    seeds.map((seed) => lightness(choosePalette(ridgesStyle.palettes, seed, prompt, 'auto').colors[0] ?? '#000000'))
  for (const prompt of ['Night over the valley', 'Ночной перевал']) assert.ok(Math.max(...skies(prompt)) < 0.35, prompt)
  for (const prompt of ['First SNOW', 'Снежный перевал']) assert.ok(Math.min(...skies(prompt)) > 0.5, prompt)
})

test('a prompt without a mood reaches every palette of a style', () => {
  for (const style of Object.values(STYLES)) {
    const papers = seeds.map((seed) => choosePalette(style.palettes, seed, 'Chair', 'auto').paper)
    assert.equal(new Set(papers).size, style.palettes.length)
  }
})

test('text has enough contrast on the paper of every palette', () => {
  for (const { palettes } of Object.values(STYLES)) {
    for (const { paper, ink } of palettes) assert.ok(Math.abs(lightness(paper) - lightness(ink)) > 0.5, paper)
  }
})

test('every style has a palette for each mood that can be asked for, and mono takes its colours away', () => {
  for (const { palettes } of Object.values(STYLES)) {
    for (const name of PALETTES.filter((each) => each !== 'auto' && each !== 'mono')) {
      const chosen = choosePalette(palettes, '1', 'a dark forest', name)
      assert.ok(chosen.moods.includes(name), name)
    }
    for (const color of choosePalette(palettes, '1', '', 'mono').colors) {
      const channels = toRgb(color)
      assert.ok(Math.max(...channels) - Math.min(...channels) < 48, color)
    }
  }
})
