import { breakText, joinPieces, type Piece } from './break-text.ts'
import { clustersOf } from './fonts.ts'

/** The width of a text in the font at hand. */
export type Measure = (text: string) => number

/** Breaks a text into lines no wider than `width`: between pieces, or inside one that is wider than a whole line. */
export function wrapText(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(breakText(paragraph), width, measure))
}

function wrapParagraph(pieces: readonly Piece[], width: number, measure: Measure): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    const longer = line === '' ? piece.text : joinPieces([{ text: line, before: '' }, piece])
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = breakPiece(piece.text, width, measure)
    line = parts.pop() ?? ''
    lines.push(...parts)
  }
  lines.push(line)
  return lines
}

function breakPiece(text: string, width: number, measure: Measure): string[] {
  if (measure(text) <= width) return [text]
  const parts: string[] = []
  let part = ''
  for (const cluster of clustersOf(text)) {
    if (part !== '' && measure(part + cluster) > width) {
      parts.push(part)
      part = ''
    }
    part += cluster
  }
  parts.push(part)
  return parts
}

/** Keeps the first lines and ends the last of them with an ellipsis that still fits. */
export function cutLines(lines: readonly string[], count: number, width: number, measure: Measure): string[] {
  if (lines.length <= count) return [...lines]
  const kept = lines.slice(0, count)
  const clusters = clustersOf(kept.pop() ?? '')
  const ended = (): string => `${clusters.join('').replace(/[\s.,;:!?、。，–—-]+$/u, '')}…`
  while (clusters.length > 0 && measure(ended()) > width) clusters.pop()
  return [...kept, ended()]
}
