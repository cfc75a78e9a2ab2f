import { breakText, joinPieces, type Piece } from './break-text.ts'
import { type Measure, wrapText } from './wrap-text.ts'

/** More pieces than this are plain running text, where even lines no longer matter. */
const MOST_PIECES = 160
/** Words that cling to the next one: no line should end with "a", "of" or "в". */
const TINY = /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]{1,2}$/u
const PAUSE = /[,;:.!?…、。，；：！？،؛。]$/u

/**
 * Wraps into as few lines as `wrapText`, but breaks where the lines become about equally long, no line ends with a
 * tiny word and the last one does not hold a single short word.
 */
export function balanceText(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const greedy = wrapText(paragraph, width, measure)
    const pieces = breakText(paragraph)
    if (greedy.length < 2 || pieces.length > MOST_PIECES) return greedy
    return breakEvenly(pieces, greedy.length, width, measure) ?? greedy
  })
}

interface Break {
  cost: number
  lines: string[]
}

/** The cheapest way to set all pieces in exactly `count` lines; undefined when a piece is wider than a line. */
function breakEvenly(pieces: readonly Piece[], count: number, width: number, measure: Measure): string[] | undefined {
  /** For each number of pieces set so far, the best way to do it in the current number of lines. */
  let best = new Map<number, Break>([[0, { cost: 0, lines: [] }]])
  for (let line = 1; line <= count; line += 1) {
    const next = new Map<number, Break>()
    for (const [start, { cost, lines }] of best) {
      for (let end = start + 1; end <= pieces.length; end += 1) {
        const content = joinPieces(pieces.slice(start, end))
        const used = measure(content) / width
        if (used > 1) break
        const total = cost + (1 - used) ** 2 + (end < pieces.length ? strainOf(pieces[end - 1]?.text) : 0)
        if (total < (next.get(end)?.cost ?? Number.POSITIVE_INFINITY)) {
          next.set(end, { cost: total, lines: [...lines, content] })
        }
      }
    }
    best = next
  }
  return best.get(pieces.length)?.lines
}

/** What it costs to end a line here: after a tiny word much, after a pause of the sentence less than nothing. */
function strainOf(piece = ''): number {
  if (TINY.test(piece)) return 0.15
  return PAUSE.test(piece) ? -0.12 : 0
}
