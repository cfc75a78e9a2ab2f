import type { SKRSContext2D } from '@napi-rs/canvas'
import { balanceText } from './balance-text.ts'
import { cleanText } from './clean-text.ts'
import { fontFamiliesFor } from './fonts.ts'
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
  /** From the top of the first line to the bottom of the last. */
  height: number
  /** Of the widest line. */
  width: number
}

const STEP = 1.13
/** More than fits on any picture at the smallest size; the rest of an endless prompt is not even measured. */
const MOST_CHARACTERS = 4000
/** Longer words may be broken rather than make the whole text small. */
const LONGEST_WHOLE_WORD = 22

/** Chooses the largest size at which the text fits; at the smallest, what is too long ends with an ellipsis. */
export function fitText(context: SKRSContext2D, prompt: string, room: TextRoom): FittedText {
  const text = cleanText(prompt).slice(0, MOST_CHARACTERS)
  const families = fontFamiliesFor(`${text}…`)
  const sizes: number[] = []
  for (let size = room.largest * calm(text.length); size > room.smallest; size /= STEP) sizes.push(size)
  sizes.push(room.smallest)

  const measureAt = (size: number): Measure => {
    setType(context, size, families)
    return (part) => context.measureText(part).width
  }
  const fits = (size: number): boolean => {
    const measure = measureAt(size)
    const words = text.split(/\s/u).filter((word) => word.length <= LONGEST_WHOLE_WORD)
    if (words.some((word) => measure(word) > room.width)) return false
    return wrapText(text, room.width, measure).length * lineHeightOf(size) <= room.height
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
  const lineHeight = lineHeightOf(size)
  const most = Math.max(1, Math.floor(room.height / lineHeight))
  const lines = cutLines(balanceText(text, room.width, measure), most, room.width, measure)
  return { lines, size, lineHeight, height: lines.length * lineHeight, width: Math.max(...lines.map(measure)) }
}

/** Draws fitted lines with the top of the first at `y`; the colour is the context's fill. */
export function drawText(context: SKRSContext2D, text: FittedText, x: number, y: number): void {
  setType(context, text.size, fontFamiliesFor(text.lines.join('')))
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  // Cap height is 0.73 of the size: with it the first line's capitals, not its empty top, stand at y.
  const baseline = y + text.size * 0.73 + (text.lineHeight - text.size) * 0.15
  for (const [index, line] of text.lines.entries()) context.fillText(line, x, baseline + index * text.lineHeight)
}

/** A long text set as large as its room allows would drown the picture. */
function calm(characters: number): number {
  return Math.min(1, (64 / Math.max(1, characters)) ** 0.34)
}

/** Large text is heavier, tighter and closer set than small text. */
function setType(context: SKRSContext2D, size: number, families: string): void {
  const display = Math.min(1, Math.max(0, (size - 22) / 40))
  context.lang = 'en'
  context.fontKerning = 'normal'
  context.font = `${Math.round(480 + display * 130)} ${size.toFixed(2)}px ${families}`
  context.letterSpacing = `${(-(0.004 + display * 0.02) * size).toFixed(3)}px`
}

function lineHeightOf(size: number): number {
  return size * (1.36 - 0.26 * Math.min(1, Math.max(0, (size - 22) / 50)))
}
