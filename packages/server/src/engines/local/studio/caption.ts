import type { SKRSContext2D } from '@napi-rs/canvas'
import { fade, lighten, lightness } from './color.ts'
import type { Palette } from './style.ts'
import { drawText, fitText } from './type/fit-text.ts'
import { fontFamiliesFor } from './type/fonts.ts'

/** The small print of a picture. */
export interface Colophon {
  left: string
  right: string
}

interface Size {
  width: number
  height: number
}

/** A part of the sheet, in units. */
export interface Area extends Size {
  x: number
  y: number
}

const MARGIN = 56
const SMALL = 16
/** Of a long text; on a picture of a thousand pixels still legible. */
const SMALLEST = 14

/**
 * Fills the sheet with paper, sets the caption below or beside the picture, and says where the picture goes; without
 * words it takes the whole sheet within the margins.
 */
export function captionFramed(
  context: SKRSContext2D,
  sheet: Size,
  prompt: string,
  palette: Palette,
  colophon: Colophon,
): Area {
  context.fillStyle = palette.paper
  context.fillRect(0, 0, sheet.width, sheet.height)
  if (prompt === '') return { x: MARGIN, y: MARGIN, width: sheet.width - 2 * MARGIN, height: sheet.height - 2 * MARGIN }
  return sheet.width / sheet.height > 1.45
    ? captionBeside(context, sheet, prompt, palette, colophon)
    : captionBelow(context, sheet, prompt, palette, colophon)
}

/** How much of the sheet a text may claim: a title leaves the picture its room, a page of text takes over half. */
function shareOf(prompt: string): number {
  const wide = prompt.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0
  return Math.min(0.6, (prompt.length + wide) / 4000 + (prompt.split('\n').length - 1) / 60)
}

function captionBelow(context: SKRSContext2D, sheet: Size, prompt: string, palette: Palette, colophon: Colophon): Area {
  const inner = sheet.width - 2 * MARGIN
  const height = Math.max(Math.min(sheet.height * 0.26, 420), sheet.height * shareOf(prompt))
  const text = fitText(context, prompt, { width: inner, height, largest: 58, smallest: SMALLEST })
  const textTop = sheet.height - MARGIN - SMALL - 34 - text.height
  context.fillStyle = palette.ink
  drawText(context, text, MARGIN, textTop, inner)
  drawColophon(context, colophon, { x: MARGIN, y: sheet.height - MARGIN, width: inner }, fade(palette.ink, 0.62))
  return { x: MARGIN, y: MARGIN, width: inner, height: textTop - 34 - MARGIN }
}

function captionBeside(
  context: SKRSContext2D,
  sheet: Size,
  prompt: string,
  palette: Palette,
  colophon: Colophon,
): Area {
  const column = Math.min(520, sheet.width * 0.27) * (1 + shareOf(prompt))
  const height = sheet.height - 2 * MARGIN - 90
  const text = fitText(context, prompt, { width: column, height, largest: 60, smallest: SMALLEST })
  context.fillStyle = palette.ink
  drawText(context, text, MARGIN, MARGIN, column)
  drawColophon(context, colophon, { x: MARGIN, y: sheet.height - MARGIN, width: column }, fade(palette.ink, 0.62))
  const x = MARGIN + column + MARGIN
  return { x, y: MARGIN, width: sheet.width - x - MARGIN, height: sheet.height - 2 * MARGIN }
}

/** Sets the caption on the lower left of a picture that fills the sheet, on a soft shadow of its darkest tone. */
export function captionFull(
  context: SKRSContext2D,
  sheet: Size,
  prompt: string,
  palette: Palette,
  colophon: Colophon | undefined,
): void {
  const inner = sheet.width - 2 * MARGIN
  const width = sheet.width > sheet.height * 1.2 ? Math.min(inner, Math.max(820, sheet.width * 0.52)) : inner
  const height = sheet.height * Math.max(0.3, shareOf(prompt))
  const text = fitText(context, prompt, { width, height, largest: 72, smallest: SMALLEST })
  const top = sheet.height - MARGIN - (colophon ? SMALL + 34 : 0) - text.height
  drawScrim(context, sheet, top, palette)
  context.fillStyle = '#ffffff'
  drawText(context, text, text.isFromRight ? sheet.width - MARGIN - width : MARGIN, top, width)
  if (colophon) {
    drawColophon(context, colophon, { x: MARGIN, y: sheet.height - MARGIN, width: inner }, 'rgba(255, 255, 255, 0.72)')
  }
}

/** A shadow that ends softly well above the text and is deep enough behind it for white letters. */
function drawScrim(context: SKRSContext2D, sheet: Size, top: number, palette: Palette): void {
  const darker = lightness(palette.ink) < lightness(palette.paper) ? palette.ink : palette.paper
  const shade = lighten(darker, Math.min(0, 0.17 - lightness(darker)))
  const start = Math.max(0, top - Math.max(160, (sheet.height - top) * 0.8))
  const scrim = context.createLinearGradient(0, start, 0, sheet.height)
  const textAt = (top - start) / (sheet.height - start)
  const steps = 8
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps
    scrim.addColorStop(share * textAt, fade(shade, 0.62 * share * share * (3 - 2 * share)))
  }
  scrim.addColorStop(1, fade(shade, 0.82))
  context.fillStyle = scrim
  context.fillRect(0, start, sheet.width, sheet.height - start)
}

function drawColophon(
  context: SKRSContext2D,
  colophon: Colophon,
  line: { x: number; y: number; width: number },
  color: string,
): void {
  context.font = `500 ${SMALL}px ${fontFamiliesFor(colophon.left + colophon.right)}`
  context.letterSpacing = `${SMALL * 0.02}px`
  context.textBaseline = 'alphabetic'
  context.fillStyle = color
  context.textAlign = 'left'
  context.fillText(colophon.left, line.x, line.y)
  context.textAlign = 'right'
  context.fillText(colophon.right, line.x + line.width, line.y)
  context.textAlign = 'left'
}
