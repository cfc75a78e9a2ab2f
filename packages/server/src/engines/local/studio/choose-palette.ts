import { type Hex, mute, turnHue } from './color.ts'
import { readMoods } from './prompt-words.ts'
import { at, createRandom, hashText } from './random.ts'
import type { PaletteName } from './studio-task-types.ts'
import type { Palette } from './style.ts'

/** How far a prompt may turn the hues of a palette, in degrees: enough to be its own, too little to clash. */
const MOST_TURN = 9

/**
 * Chooses among the palettes of a mood: the named one, else those the prompt names, else all. The seed chooses; the
 * prompt moves the choice along and turns its hues a little. `mono` is such a palette without its colours.
 */
export function choosePalette(palettes: readonly Palette[], seed: string, prompt: string, name: PaletteName): Palette {
  const hash = hashText(prompt)
  const moods = name === 'auto' || name === 'mono' ? readMoods(prompt) : new Set([name])
  const fitting = palettes.filter((palette) => palette.moods.some((mood) => moods.has(mood)))
  const choice = createRandom('palette', seed).whole(0, 999) + hash
  const palette = at(fitting.length > 0 ? fitting : palettes, choice)
  if (name === 'mono') {
    const grey = (color: Hex): Hex => mute(color, 0.1)
    return { ...palette, paper: grey(palette.paper), ink: grey(palette.ink), colors: palette.colors.map(grey) }
  }
  const degrees = ((hash % 1001) / 500 - 1) * MOST_TURN
  return { ...palette, colors: palette.colors.map((color) => turnHue(color, degrees)) }
}
