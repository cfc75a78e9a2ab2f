/** The width of a text in the font at hand. */
export type Measure = (text: string) => number

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Breaks a text into lines no wider than `width`: at blanks, or inside a word that is wider than a whole line. */
export function wrapText(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure))
}

function wrapParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width, measure)
    line = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  lines.push(line)
  return lines
}

function breakWord(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && measure(piece + segment) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  pieces.push(piece)
  return pieces
}

/** Keeps the first lines and ends the last of them with an ellipsis that still fits. */
export function cutLines(lines: readonly string[], count: number, width: number, measure: Measure): string[] {
  if (lines.length <= count) return [...lines]
  const kept = lines.slice(0, count)
  const characters = [...graphemes.segment(kept.pop() ?? '')].map(({ segment }) => segment)
  const ended = (): string => `${characters.join('').replace(/[\s.,;:!?–—-]+$/u, '')}…`
  while (characters.length > 0 && measure(ended()) > width) characters.pop()
  return [...kept, ended()]
}
