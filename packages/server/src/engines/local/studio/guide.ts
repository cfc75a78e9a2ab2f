import { openPicture } from '../../../media/open-picture.ts'
import { fromRgb, type Hex, lightness, mix, type Rgb, ramp } from './color.ts'
import { decoded } from './load-scene.ts'

/** A given picture as a style sees it: soft enough to draw from, in the units of the stage. */
export interface Guide {
  /** The colour to draw with at a place: the picture's own, moved toward the palette by the strength. */
  colorAt(x: number, y: number): Hex
  /** Lightness at a place, 0 to 1, stretched so that the whole range is used. */
  lightAt(x: number, y: number): number
  /** The direction in which it gets lighter, in lightness a hundred units. */
  slopeAt(x: number, y: number): { x: number; y: number }
}

/** The pixels of a guide, row by row, and how they lie on the stage. */
export interface GuidePixels {
  width: number
  height: number
  rgb: Uint8Array
}

const SHORT_SIDE = 320

/** Reads a picture of unknown origin, cut to the shape of the stage where it matters most. */
export async function readGuide(path: string, aspect: number): Promise<GuidePixels> {
  const width = Math.round(aspect >= 1 ? SHORT_SIDE * aspect : SHORT_SIDE)
  const height = Math.round(aspect >= 1 ? SHORT_SIDE : SHORT_SIDE / aspect)
  const rgb = await decoded(() =>
    openPicture(path)
      .resize(width, height, { fit: 'cover', position: 'attention' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer(),
  )
  return { width, height, rgb }
}

/**
 * Lays a picture under a stage. `strength` 0 keeps the picture's colours, 1 takes all from the palette: its colours in
 * the order of their lightness, for the lightness of the picture.
 */
export function createGuide(
  pixels: GuidePixels,
  stage: { width: number; height: number },
  palette: { paper: Hex; ink: Hex; colors: readonly Hex[] },
  strength: number,
): Guide {
  const { width, height, rgb } = pixels
  const lights = stretch(Float64Array.from({ length: width * height }, (_, place) => lightness(hexAt(rgb, place))))
  const tones = [...palette.colors, palette.paper, palette.ink].sort((a, b) => lightness(a) - lightness(b))
  const placeOf = (x: number, y: number): [column: number, row: number] => [
    clamp((x / stage.width) * width - 0.5, width - 1),
    clamp((y / stage.height) * height - 0.5, height - 1),
  ]
  const lightAt = (x: number, y: number): number => {
    const [column, row] = placeOf(x, y)
    return sample(lights, width, height, column, row)
  }
  const colors = new Map<number, Hex>()
  return {
    lightAt,
    colorAt(x, y) {
      const [column, row] = placeOf(x, y)
      const place = Math.round(row) * width + Math.round(column)
      let color = colors.get(place)
      if (color === undefined) {
        color = mix(hexAt(rgb, place), ramp(tones, lights[place] ?? 0), strength)
        colors.set(place, color)
      }
      return color
    },
    slopeAt(x, y) {
      const reach = 12
      const across = lightAt(x + reach, y) - lightAt(x - reach, y)
      const down = lightAt(x, y + reach) - lightAt(x, y - reach)
      return { x: (across * 50) / reach, y: (down * 50) / reach }
    },
  }
}

function hexAt(rgb: Uint8Array, place: number): Hex {
  return fromRgb([rgb[place * 3] ?? 0, rgb[place * 3 + 1] ?? 0, rgb[place * 3 + 2] ?? 0] satisfies Rgb)
}

/** Spreads values over 0 to 1, all but the darkest and lightest hundredth. */
function stretch(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort()
  const low = sorted[Math.floor(sorted.length * 0.01)] ?? 0
  const high = sorted[Math.floor(sorted.length * 0.99)] ?? 1
  const span = Math.max(0.05, high - low)
  return values.map((value) => Math.min(1, Math.max(0, (value - low) / span)))
}

function sample(values: Float64Array, width: number, height: number, column: number, row: number): number {
  const left = Math.floor(column)
  const top = Math.floor(row)
  const at = (x: number, y: number): number => values[Math.min(height - 1, y) * width + Math.min(width - 1, x)] ?? 0
  const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * (column - left)
  const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * (column - left)
  return upper + (lower - upper) * (row - top)
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}
