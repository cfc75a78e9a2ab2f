import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePalette } from './choose-palette.ts'
import { lightness } from './color.ts'
import { ridgesStyle } from './styles/ridges.ts'
import { STYLES } from './styles/styles.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => String(seed))

test('a prompt about the night gets a dark sky and one about snow a light one, in English and in Russian', () => {
  const skies = (prompt: string) =>
    seeds.map((seed) => lightness(choosePalette(ridgesStyle.palettes, seed, prompt).colors[0] ?? '#000000'))
  for (const prompt of ['Night over the valley', 'Ночной перевал']) assert.ok(Math.max(...skies(prompt)) < 0.35, prompt)
  for (const prompt of ['First SNOW', 'Снежный перевал']) assert.ok(Math.min(...skies(prompt)) > 0.5, prompt)
})

test('a prompt without a mood reaches every palette of a style', () => {
  for (const style of Object.values(STYLES)) {
    const papers = seeds.map((seed) => choosePalette(style.palettes, seed, 'Chair').paper)
    assert.equal(new Set(papers).size, style.palettes.length)
  }
})

test('text has enough contrast on the paper of every palette', () => {
  for (const { palettes } of Object.values(STYLES)) {
    for (const { paper, ink } of palettes) assert.ok(Math.abs(lightness(paper) - lightness(ink)) > 0.5, paper)
  }
})
