import { clustersOf, isDrawable } from './fonts.ts'

/** Controls and direction marks; joiners and the marks of flags stay, because letters and emoji change by them. */
const INVISIBLE = /[\p{C}--[\n\u200c\u200d\u{e0020}-\u{e007f}]]/gv
const BLANKS = /[^\S\n]+/gu
/** More accents than two on one letter are a joke that would cover the lines above. */
const PILED_ACCENTS = /(\p{sc=Inherited}{2})\p{sc=Inherited}+/gu

/**
 * Makes a prompt ready to be typeset: one kind of blank, no control or direction marks, at most one empty line in a
 * row, and only characters that a font has, because an empty box is worse than a gap.
 */
export function cleanText(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(INVISIBLE, '')
  return clustersOf(plain)
    .map(toDrawable)
    .join('')
    .replace(BLANKS, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{2,}/gu, '\n\n')
    .trim()
}

/** What can be drawn of a cluster: all of it, or its parts that have a face, or nothing. */
function toDrawable(cluster: string): string {
  if (/^\s$/u.test(cluster)) return cluster
  const calm = cluster.replace(PILED_ACCENTS, '$1')
  if (isDrawable(calm)) return calm
  return Array.from(calm).filter(isDrawable).join('')
}
