import type { SKRSContext2D } from '@napi-rs/canvas'
import { balanceText } from './balance-text.ts'
import { breakText } from './break-text.ts'
import { cleanText } from './clean-text.ts'
import { fontFamiliesFor, languageOf } from './fonts.ts'
import { cutLines, type Measure, wrapText } from './wrap-text.ts'

/** The room a text may take and the sizes it may have, all in units. */
export interface TextRoom {
  width: number
  height: number
  largest: number
  smallest: number
}

/** A text ready to be drawn line by line. */
export interface FittedText {
  lines: string[]
  size: number
  lineHeight: number
  /** From the top of the block to its first baseline. */
  baseline: number
  /** From the top of the first line to the bottom of the last, marks above and below letters included. */
  height: number
  /** Of the widest line. */
  width: number
  /** Whether it is read from the right; then it stands at the right edge of its room. */
  isFromRight: boolean
}

/** How far the ink of a text reaches from its baseline, as a share of the size. */
interface Reach {
  above: number
  below: number
}

const STEP = 1.13
/** More than fits on any picture at the smallest size; the rest of an endless prompt is not even measured. */
const MOST_CHARACTERS = 4000
/** Longer words may be broken rather than make the whole text small. */
const LONGEST_WHOLE_WORD = 22
/** Height of Latin capitals, a share of the size: with it the capitals, not their empty top, stand at the top. */
const CAPITAL = 0.73
const HAN_LANGUAGES = { jp: 'ja', kr: 'ko', sc: 'zh-Hans', tc: 'zh-Hant' }
const FROM_RIGHT = /[\p{sc=Arabic}\p{sc=Hebrew}]/u

/** Chooses the largest size at which the text fits; at the smallest, what is too long ends with an ellipsis. */
export function fitText(context: SKRSContext2D, prompt: string, room: TextRoom): FittedText {
  const text = cleanText(Array.from(prompt).slice(0, MOST_CHARACTERS).join(''))
  const families = fontFamiliesFor(`${text}…`)
  const reach = measureReach(context, text, families)
  const sizes: number[] = []
  for (let size = room.largest * calm(text.length); size > room.smallest; size /= STEP) sizes.push(size)
  sizes.push(room.smallest)

  const measureAt = (size: number): Measure => {
    setType(context, size, families, text)
    return (part) => context.measureText(part).width
  }
  const heightOf = (lines: number, size: number): number =>
    (reach.above + reach.below) * size + (lines - 1) * lineHeightOf(size, reach)
  const words = text
    .split('\n')
    .flatMap((paragraph) => breakText(paragraph).map((piece) => piece.text))
    .filter((word) => word.length <= LONGEST_WHOLE_WORD)
  const fits = (size: number): boolean => {
    const measure = measureAt(size)
    if (words.some((word) => measure(word) > room.width)) return false
    return heightOf(wrapText(text, room.width, measure).length, size) <= room.height
  }
  let first = 0
  let last = sizes.length - 1
  while (first < last) {
    const middle = (first + last) >> 1
    if (fits(sizes[middle] ?? room.smallest)) last = middle
    else first = middle + 1
  }
  const size = sizes[first] ?? room.smallest
  const measure = measureAt(size)
  const lineHeight = lineHeightOf(size, reach)
  const most = Math.max(1, Math.floor((room.height - (reach.above + reach.below) * size) / lineHeight) + 1)
  const lines = cutLines(balanceText(text, room.width, measure), most, room.width, measure)
  return {
    ...{ lines, size, lineHeight, baseline: reach.above * size, height: heightOf(lines.length, size) },
    width: Math.max(...lines.map(measure)),
    isFromRight: isFromRight(text),
  }
}

/** Draws fitted lines with the top of the first at `y`, in a column of the given width; the fill is the context's. */
export function drawText(context: SKRSContext2D, text: FittedText, x: number, y: number, width = text.width): void {
  const whole = text.lines.join('\n')
  setType(context, text.size, fontFamiliesFor(whole), whole)
  context.textBaseline = 'alphabetic'
  context.textAlign = text.isFromRight ? 'right' : 'left'
  for (const [index, line] of text.lines.entries()) {
    // The order of mixed words follows each line's own first letter; the edge they stand at that of the whole.
    context.direction = isFromRight(line) ? 'rtl' : 'ltr'
    context.fillText(line, text.isFromRight ? x + width : x, y + text.baseline + index * text.lineHeight)
  }
  context.direction = 'ltr'
  context.textAlign = 'left'
}

/** Whether the first letter belongs to a script that is written from right to left. */
function isFromRight(text: string): boolean {
  return FROM_RIGHT.test(/\p{L}/u.exec(text)?.[0] ?? '')
}

/** At least what Latin needs; more for scripts with high marks or deep tails, so that lines never touch or are cut. */
function measureReach(context: SKRSContext2D, text: string, families: string): Reach {
  setType(context, 100, families, text)
  const { actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(text.replaceAll('\n', ' '))
  return {
    above: Math.max(CAPITAL, (actualBoundingBoxAscent + 1) / 100),
    below: Math.max(0.22, (actualBoundingBoxDescent + 1) / 100),
  }
}

/** A long text set as large as its room allows would drown the picture. */
function calm(characters: number): number {
  return Math.min(1, (64 / Math.max(1, characters)) ** 0.34)
}

/** Large text is heavier, tighter and closer set than small text; scripts whose letters join keep their own spacing. */
function setType(context: SKRSContext2D, size: number, families: string, text: string): void {
  const display = Math.min(1, Math.max(0, (size - 22) / 40))
  const isTight = !/[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Common}\p{sc=Inherited}]/u.test(text)
  context.lang = /\p{sc=Han}/u.test(text) ? HAN_LANGUAGES[languageOf(text)] : 'en'
  context.fontKerning = 'normal'
  // Faster ways leave some joined emoji apart, the rainbow flag among them.
  context.textRendering = 'geometricPrecision'
  context.font = `${Math.round(480 + display * 130)} ${size.toFixed(2)}px ${families}`
  context.letterSpacing = isTight ? `${(-(0.004 + display * 0.02) * size).toFixed(3)}px` : '0px'
}

function lineHeightOf(size: number, { above, below }: Reach): number {
  const usual = 1.36 - 0.26 * Math.min(1, Math.max(0, (size - 22) / 50))
  return size * Math.max(usual, (above + below) * 1.06)
}
