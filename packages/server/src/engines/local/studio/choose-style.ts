import { readStyles } from './prompt-words.ts'
import { at, createRandom, hashText } from './random.ts'
import { STUDIO_STYLES, type StudioStyle } from './studio-task-types.ts'

/**
 * The style of a name. `auto` gives one that suits the prompt if it names a subject a style is made for, otherwise any;
 * it depends on seed and prompt alone. Other names are refused.
 */
export function chooseStyle(name: string, seed: string, prompt: string): StudioStyle {
  if (name === 'auto') {
    const suited = readStyles(prompt)
    const styles = suited.size > 0 ? [...suited] : STUDIO_STYLES
    return at(styles, createRandom('style', seed).whole(0, 999) + hashText(prompt))
  }
  const style = STUDIO_STYLES.find((known) => known === name)
  if (style === undefined) throw new RangeError(`There is no style "${name}"`)
  return style
}
