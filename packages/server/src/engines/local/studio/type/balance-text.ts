import { type Measure, wrapText } from './wrap-text.ts'

/** More words than this are plain running text, where even lines no longer matter. */
const MOST_WORDS = 160
/** Words up to this length cling to the next one: no line should end with "a", "of" or "в". */
const CLINGING_LETTERS = 2

/**
 * Wraps into as few lines as `wrapText`, but breaks where the lines become about equally long, no line ends with a
 * tiny word and the last one does not hold a single short word.
 */
export function balanceText(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const greedy = wrapText(paragraph, width, measure)
    const words = paragraph.split(' ')
    if (greedy.length < 2 || words.length > MOST_WORDS) return greedy
    return breakEvenly(words, greedy.length, width, measure) ?? greedy
  })
}

interface Break {
  cost: number
  lines: string[]
}

/** The cheapest way to set all words in exactly `count` lines; undefined when a word is wider than a line. */
function breakEvenly(words: string[], count: number, width: number, measure: Measure): string[] | undefined {
  /** For each number of words set so far, the best way to do it in the current number of lines. */
  let best = new Map<number, Break>([[0, { cost: 0, lines: [] }]])
  for (let line = 1; line <= count; line += 1) {
    const next = new Map<number, Break>()
    for (const [start, { cost, lines }] of best) {
      for (let end = start + 1; end <= words.length; end += 1) {
        const content = words.slice(start, end).join(' ')
        const used = measure(content) / width
        if (used > 1) break
        const total = cost + (1 - used) ** 2 + (end < words.length && isClinging(words[end - 1]) ? 0.15 : 0)
        if (total < (next.get(end)?.cost ?? Number.POSITIVE_INFINITY)) {
          next.set(end, { cost: total, lines: [...lines, content] })
        }
      }
    }
    best = next
  }
  return best.get(words.length)?.lines
}

function isClinging(word = ''): boolean {
  return /^\p{L}+$/u.test(word) && word.length <= CLINGING_LETTERS
}
