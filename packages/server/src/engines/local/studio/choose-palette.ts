import { turnHue } from './color.ts'
import { readMoods } from './prompt-words.ts'
import { at, createRandom, hashText } from './random.ts'
import type { Palette } from './style.ts'

/** How far a prompt may turn the hues of a palette, in degrees: enough to be its own, too little to clash. */
const MOST_TURN = 9

/**
 * Chooses among the palettes that fit the mood the prompt names, or among all when it names none. The seed chooses; the
 * prompt moves the choice along and turns its hues a little.
 */
export function choosePalette(palettes: readonly Palette[], seed: string, prompt: string): Palette {
  const hash = hashText(prompt)
  const moods = readMoods(prompt)
  const fitting = palettes.filter((palette) => palette.moods.some((mood) => moods.has(mood)))
  const choice = createRandom('palette', seed).whole(0, 999) + hash
  const palette = at(fitting.length > 0 ? fitting : palettes, choice)
  const degrees = ((hash % 1001) / 500 - 1) * MOST_TURN
  return { ...palette, colors: palette.colors.map((color) => turnHue(color, degrees)) }
}
