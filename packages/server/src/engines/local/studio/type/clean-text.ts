import { isDrawable } from './fonts.ts'

const INVISIBLE = /[\p{C}--[\n]]/gv
const BLANKS = /[^\S\n]+/gu

/**
 * Makes a prompt ready to be typeset: one kind of blank, no control or direction marks, at most one empty line in a
 * row, and only characters that a font has, because an empty box is worse than a gap.
 */
export function cleanText(text: string): string {
  const characters = [
    ...text
      .normalize('NFC')
      .replace(/\r\n?|\u2028|\u2029/gu, '\n')
      .replace(/\t/gu, ' '),
  ]
  return characters
    .filter((character) => character === '\n' || isDrawable(character))
    .join('')
    .replace(INVISIBLE, '')
    .replace(BLANKS, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{2,}/gu, '\n\n')
    .trim()
}
