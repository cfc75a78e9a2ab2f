import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { type Area, type Colophon, captionFramed, captionFull } from './caption.ts'
import { choosePalette } from './choose-palette.ts'
import { addGrain } from './grain.ts'
import { createRandom } from './random.ts'
import type { StudioStyle } from './studio-task-types.ts'
import type { Palette, Stage } from './style.ts'
import { STYLES } from './styles/styles.ts'

/** What determines a picture; equal values give equal pixels. */
export interface PosterOptions {
  prompt: string
  style: StudioStyle
  /** In pixels. */
  width: number
  /** In pixels. */
  height: number
  /** Names the random stream. */
  seed: string
  colophon: Colophon
}

/** Draws a picture with its caption. */
export function drawPoster(options: PosterOptions): Canvas {
  const { width, height, prompt } = options
  const style = STYLES[options.style]
  const palette = choosePalette(style.palettes, options.seed, prompt)
  const { canvas, context, scale } = createSheet(width, height)
  const sheet = { width: width / scale, height: height / scale }
  if (style.layout === 'framed') {
    const area = captionFramed(context, sheet, prompt, palette, options.colophon)
    const edges = alignToPixels(area, scale)
    context.save()
    context.beginPath()
    context.rect(edges.x, edges.y, edges.width, edges.height)
    context.clip()
    // The area keeps its exact size for the style, or the composition would change with the resolution.
    context.translate(edges.x, edges.y)
    context.scale(edges.width / area.width, edges.height / area.height)
    paint(options, { context, width: area.width, height: area.height, scale, palette })
    context.restore()
    addGrain(context, width, height, style.grain)
  } else {
    paint(options, { context, ...sheet, scale, palette })
    addGrain(context, width, height, style.grain)
    captionFull(context, sheet, prompt, palette, options.colophon)
  }
  return canvas
}

/** Draws the picture alone, to the edges, without text: the scene of a film. */
export function drawScene(options: Omit<PosterOptions, 'colophon'>): { canvas: Canvas; palette: Palette } {
  const { width, height, prompt } = options
  const style = STYLES[options.style]
  const palette = choosePalette(style.palettes, options.seed, prompt)
  const { canvas, context, scale } = createSheet(width, height)
  context.fillStyle = palette.paper
  context.fillRect(0, 0, width, height)
  paint(options, { context, width: width / scale, height: height / scale, scale, palette })
  return { canvas, palette }
}

function paint(options: { style: StudioStyle; seed: string; prompt: string }, stage: Omit<Stage, 'random'>): void {
  const random = createRandom(options.seed, options.style, options.prompt)
  stage.context.save()
  STYLES[options.style].paint({ ...stage, random })
  stage.context.restore()
}

/** A picture whose edge runs through the middle of pixels would have a blurred edge. */
function alignToPixels({ x, y, width, height }: Area, scale: number): Area {
  const round = (value: number): number => Math.round(value * scale) / scale
  return { x: round(x), y: round(y), width: round(x + width) - round(x), height: round(y + height) - round(y) }
}

/** A canvas whose short side measures 1000 units whatever its resolution. */
function createSheet(width: number, height: number): { canvas: Canvas; context: SKRSContext2D; scale: number } {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const scale = Math.min(width, height) / 1000
  context.scale(scale, scale)
  return { canvas, context, scale }
}
