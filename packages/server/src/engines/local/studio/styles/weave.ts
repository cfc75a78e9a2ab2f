import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { lighten } from '../color.ts'
import type { Guide } from '../guide.ts'
import type { Style } from '../style.ts'
import { type Band, layBands } from './kilim-bands.ts'
import { snapToPixels } from './pixel-lines.ts'

/** Distance of the threads of the warp, which are hidden, and of the weft, which make the picture. */
const BREADTH = 8
const THREAD = 6

/** A flat-woven rug: bands of stepped figures, made by coloured threads that cover the warp. */
export const weaveStyle: Style = {
  layout: 'framed',
  grain: 0.12,
  palettes: [
    {
      paper: '#f1ebdf',
      ink: '#2b211a',
      colors: ['#7a2e24', '#c8693c', '#e0b15e', '#2f4858', '#e9dcc3', '#5d6b4e'],
      moods: ['fire'],
    },
    {
      paper: '#efece6',
      ink: '#1b2735',
      colors: ['#1b2f4b', '#3f6a8a', '#a8c0c8', '#d98b5f', '#f0e6d6', '#6b3e3a'],
      moods: ['sea', 'snow'],
    },
    {
      paper: '#f2ede4',
      ink: '#23291f',
      colors: ['#37452f', '#7c8b5a', '#c9b458', '#a4502f', '#efe4c8', '#2a2f2c'],
      moods: ['forest'],
    },
    {
      paper: '#f3ece7',
      ink: '#33182a',
      colors: ['#5b1f45', '#a83f5f', '#e28f6e', '#f3cfa3', '#2d3250', '#efe0d4'],
      moods: ['blossom', 'dawn'],
    },
    {
      paper: '#191a1d',
      ink: '#efe7d8',
      colors: ['#d8c7a0', '#b5562f', '#55656b', '#23262b', '#e7ddc8', '#8d7a4f'],
      moods: ['night'],
    },
    {
      paper: '#f0eee9',
      ink: '#202124',
      colors: ['#202124', '#5c5f66', '#a9a7a1', '#e3ddd0', '#b23a30', '#d9c9a8'],
      moods: ['snow'],
    },
  ],
  compose(stage) {
    const { width, height, random, guide } = stage
    const columns = Math.round(width / BREADTH)
    const rows = Math.round(height / THREAD)
    const cloth = { columns, rows, pitch: { x: width / columns, y: height / rows } }
    // No two threads took the dye equally well.
    const tints = Array.from({ length: rows }, () => random.normal() * 0.014)
    const bands = guide ? [wholePicture(guide, cloth)] : layBands(rows, columns, stage.palette.colors, random)
    const strips = new Map<Band, Strip>()
    const stripOf = (band: Band, context: SKRSContext2D): Strip => {
      const strip = strips.get(band) ?? weaveStrip(context, band, cloth, tints)
      strips.set(band, strip)
      return strip
    }
    return {
      paint(context, moment) {
        const top = snapToPixels(context, cloth.pitch)
        for (const [index, band] of bands.entries()) {
          const strip = stripOf(band, context)
          // Whole repeats in a turn, neighbours the other way; plain stripes have nowhere to go.
          const travelled = moment === null || !band.isFigured ? 0 : moment.turn * (index % 4 === 1 ? 1 : -1)
          const offset = (((travelled % 1) + 1) % 1) * band.repeat * cloth.pitch.x
          context.drawImage(strip.canvas, -offset, top.y(Math.max(0, band.from)), strip.width, strip.height)
        }
      },
    }
  },
}

/** A rug's measures, in threads and units. */
interface Cloth {
  columns: number
  rows: number
  pitch: { x: number; y: number }
}

/** A woven band, one repeat longer than the rug is wide, and its size in units. */
interface Strip {
  canvas: Canvas
  width: number
  height: number
}

/** A band is woven once; a film only moves it. */
function weaveStrip(
  context: SKRSContext2D,
  band: Band,
  { columns, rows, pitch }: Cloth,
  tints: readonly number[],
): Strip {
  const { a, d } = context.getTransform()
  const lines = snapToPixels(context, pitch)
  const [first, last] = [Math.max(0, band.from), Math.min(rows, band.from + band.rows)]
  const length = columns + (band.isFigured ? band.repeat : 0)
  const height = lines.y(last) - lines.y(first)
  const canvas = createCanvas(Math.ceil(length * pitch.x * a), Math.max(1, Math.round(height * d)))
  const strip = canvas.getContext('2d')
  const shades = createShades(pitch.x * a, pitch.y * d)
  for (let row = first; row < last; row += 1) {
    const [y, below] = [(lines.y(row) - lines.y(first)) * d, (lines.y(row + 1) - lines.y(first)) * d]
    for (let column = 0; column < length; column += 1) {
      const [x, right] = [Math.round(column * pitch.x * a), Math.round((column + 1) * pitch.x * a)]
      const color = band.colorAt(column - Math.floor(columns / 2), row - band.from)
      strip.fillStyle = lighten(color, tints[row] ?? 0)
      strip.fillRect(x, y, right - x, below - y)
      strip.drawImage((column + row) % 2 === 0 ? shades.over : shades.under, x, y, right - x, below - y)
    }
  }
  return { canvas, width: canvas.width / a, height: canvas.height / d }
}

/** A given picture as one single band. */
function wholePicture(guide: Guide, { columns, rows, pitch }: Cloth): Band {
  const middle = Math.floor(columns / 2)
  return {
    ...{ from: 0, rows, repeat: columns, isFigured: false },
    colorAt: (across, row) => lighten(guide.colorAt((across + middle + 0.5) * pitch.x, (row + 0.5) * pitch.y), 0.02),
  }
}

interface Shades {
  /** Where the thread lies on top, round and lit. */
  over: Canvas
  /** Where it dives below a thread of the other direction. */
  under: Canvas
}

/** Small pictures to lay over flat colour, so that a crossing costs one copy and no gradient. */
function createShades(breadth: number, length: number): Shades {
  const width = Math.max(2, Math.ceil(breadth))
  const height = Math.max(2, Math.ceil(length))
  const shade = (light: number, dark: number): Canvas => {
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    const round = context.createLinearGradient(0, 0, 0, height)
    round.addColorStop(0, `rgba(0, 0, 0, ${dark})`)
    round.addColorStop(0.25, 'rgba(0, 0, 0, 0.04)')
    round.addColorStop(0.45, `rgba(255, 255, 255, ${light})`)
    round.addColorStop(0.75, 'rgba(0, 0, 0, 0.05)')
    round.addColorStop(1, `rgba(0, 0, 0, ${dark})`)
    context.fillStyle = round
    context.fillRect(0, 0, width, height)
    const ends = context.createLinearGradient(0, 0, width, 0)
    for (const [place, opacity] of [
      [0, dark],
      [0.35, 0],
      [0.65, 0],
      [1, dark],
    ] as const) {
      ends.addColorStop(place, `rgba(0, 0, 0, ${opacity})`)
    }
    context.fillStyle = ends
    context.fillRect(0, 0, width, height)
    return canvas
  }
  return { over: shade(0.16, 0.22), under: shade(0, 0.4) }
}
