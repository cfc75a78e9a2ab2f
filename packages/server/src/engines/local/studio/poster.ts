import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { type Area, type Colophon, captionFramed, captionFull } from './caption.ts'
import { choosePalette } from './choose-palette.ts'
import { fromRgb, lightness } from './color.ts'
import { addGrain } from './grain.ts'
import { createGuide, type Guide, readGuide } from './guide.ts'
import { loadScene } from './load-scene.ts'
import { createRandom } from './random.ts'
import type { GivenPicture, PaletteName, StudioStyle } from './studio-task-types.ts'
import type { Painting, Palette } from './style.ts'
import { STYLES } from './styles/styles.ts'

/** What determines a drawing; equal values give equal pixels. */
export interface DrawingOptions {
  prompt: string
  style: StudioStyle
  palette: PaletteName
  /** In pixels. */
  width: number
  /** In pixels. */
  height: number
  /** Names the random stream. */
  seed: string
}

/** A drawing with words, perhaps made from a given picture. */
export interface PosterOptions extends DrawingOptions {
  /** The words to set; none when empty, and then no small print either. */
  title: string
  colophon: Colophon
  picture?: GivenPicture
}

/** Draws a picture with its caption; fails with `INPUT_UNREACHABLE` when the given picture cannot be decoded. */
export async function drawPoster(options: PosterOptions): Promise<Canvas> {
  const { width, height, title, colophon } = options
  const style = STYLES[options.style]
  const palette = paletteOf(options)
  const { canvas, context, scale } = createSheet(width, height)
  const sheet = { width: width / scale, height: height / scale }
  if (style.layout === 'framed') {
    const area = captionFramed(context, sheet, title, palette, colophon)
    const edges = alignToPixels(area, scale)
    context.save()
    context.beginPath()
    context.rect(edges.x, edges.y, edges.width, edges.height)
    context.clip()
    // The area keeps its exact size for the style, or the composition would change with the resolution.
    context.translate(edges.x, edges.y)
    context.scale(edges.width / area.width, edges.height / area.height)
    await paintArea(context, options, area, scale, palette)
    context.restore()
    addGrain(context, width, height, style.grain)
  } else {
    await paintArea(context, options, sheet, scale, palette)
    addGrain(context, width, height, style.grain)
    if (title !== '') captionFull(context, sheet, title, palette, colophon)
  }
  return canvas
}

/** A drawing to the edges, without words, that can be painted at any moment: what a film shows. */
export function composeScene(options: DrawingOptions): { painting: Painting; palette: Palette; scale: number } {
  const palette = paletteOf(options)
  const scale = Math.min(options.width, options.height) / 1000
  const size = { width: options.width / scale, height: options.height / scale }
  return { painting: compose(options, size, scale, palette, null), palette, scale }
}

interface Size {
  width: number
  height: number
}

function paletteOf({ style, seed, prompt, palette }: DrawingOptions): Palette {
  return choosePalette(STYLES[style].palettes, seed, prompt, palette)
}

function compose(
  { style, seed, prompt }: DrawingOptions,
  { width, height }: Size,
  scale: number,
  palette: Palette,
  guide: Guide | null,
): Painting {
  return STYLES[style].compose({ width, height, scale, palette, guide, random: createRandom(seed, style, prompt) })
}

/** Fills the area: with a drawing, with the given picture, or with both. */
async function paintArea(
  context: SKRSContext2D,
  options: PosterOptions,
  size: Size,
  scale: number,
  palette: Palette,
): Promise<void> {
  const { picture } = options
  if (picture?.mode === 'restyle') {
    const pixels = await readGuide(picture.path, size.width / size.height)
    const guide = createGuide(pixels, size, palette, picture.strength)
    return compose(options, size, scale, palette, guide).paint(context, null)
  }
  if (picture === undefined) return compose(options, size, scale, palette, null).paint(context, null)
  const pixels = { width: Math.ceil(size.width * scale), height: Math.ceil(size.height * scale) }
  context.imageSmoothingQuality = 'high'
  const scene = await loadScene(picture.path, pixels.width, pixels.height)
  context.drawImage(scene, 0, 0, size.width, size.height)
  if (picture.mode === 'crop') return
  const { canvas: layer, context: layerContext } = createSheet(pixels.width, pixels.height, scale)
  compose(options, size, scale, palette, null).paint(layerContext, null)
  blend(context, layer, size, picture.strength)
}

/** Up to one half the drawing colours the picture as ink or as light; from there on it covers it more and more. */
function blend(context: SKRSContext2D, layer: Canvas, size: Size, strength: number): void {
  context.save()
  context.globalCompositeOperation = meanLightness(layer) > 0.5 ? 'multiply' : 'screen'
  context.globalAlpha = Math.min(1, strength * 2)
  context.drawImage(layer, 0, 0, size.width, size.height)
  context.globalCompositeOperation = 'source-over'
  context.globalAlpha = Math.max(0, strength * 2 - 1)
  context.drawImage(layer, 0, 0, size.width, size.height)
  context.restore()
}

function meanLightness(layer: Canvas): number {
  const side = 16
  const small = createCanvas(side, side)
  const context = small.getContext('2d')
  context.drawImage(layer, 0, 0, side, side)
  const { data } = context.getImageData(0, 0, side, side)
  let sum = 0
  for (let place = 0; place < data.length; place += 4) {
    sum += lightness(fromRgb([data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0]))
  }
  return sum / (side * side)
}

/** A picture whose edge runs through the middle of pixels would have a blurred edge. */
function alignToPixels({ x, y, width, height }: Area, scale: number): Area {
  const round = (value: number): number => Math.round(value * scale) / scale
  return { x: round(x), y: round(y), width: round(x + width) - round(x), height: round(y + height) - round(y) }
}

/** A canvas in units: its short side measures 1000 of them, whatever its resolution, unless a scale is given. */
function createSheet(width: number, height: number, scale = Math.min(width, height) / 1000) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.scale(scale, scale)
  return { canvas, context, scale }
}
