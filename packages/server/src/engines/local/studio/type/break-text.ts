/** A piece of text that is never broken while it fits a line, and what stands before it on the same line. */
export interface Piece {
  text: string
  /** A blank between words; nothing between the words of scripts that are written without blanks. */
  before: '' | ' '
}

const words = new Intl.Segmenter('und', { granularity: 'word' })

/** Scripts written without blanks: a line may end between any two words of them. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}\u3000-\u303f\uff00-\uffef][\\p{M}\\p{P}ー]*$`, 'u')
const STARTS_UNSPACED = new RegExp(`^[\\p{Ps}\\p{Pi}]*[${UNSPACED}]`, 'u')
/** A line must not begin with these, nor end with those. */
const CLINGS_BACK = /^[\p{Pe}\p{Pf}\p{Po}\p{M}\p{Lm}ー々…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u
const CLINGS_ON = /[\p{Ps}\p{Pi}]$/u
/** A line may also end after a dash, or a slash of an address. */
const ENDS_WITH_DASH = /[\p{L}\p{N}][-‐–—/]$/u

/** Cuts one paragraph into the pieces between which a line may end. */
export function breakText(paragraph: string): Piece[] {
  return paragraph
    .split(' ')
    .flatMap((chunk) =>
      breakChunk(chunk).map((text, index) => ({ text, before: index === 0 ? (' ' as const) : ('' as const) })),
    )
}

/** Puts pieces of one line together again. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text, before }, index) => (index === 0 ? text : before + text)).join('')
}

function breakChunk(chunk: string): string[] {
  const pieces: string[] = []
  for (const { segment } of words.segment(chunk)) {
    const last = pieces.at(-1)
    if (last !== undefined && !mayBreak(last, segment)) pieces[pieces.length - 1] = last + segment
    else pieces.push(segment)
  }
  return pieces.length > 0 ? pieces : ['']
}

function mayBreak(before: string, after: string): boolean {
  if (CLINGS_BACK.test(after) || CLINGS_ON.test(before)) return false
  return ENDS_UNSPACED.test(before) || STARTS_UNSPACED.test(after) || ENDS_WITH_DASH.test(before)
}
