import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type Hex, lighten } from '../color.ts'
import { createNoise } from '../noise.ts'
import type { Random } from '../random.ts'
import type { Stage, Style } from '../style.ts'
import { snapToPixels } from './pixel-lines.ts'

const THREAD = 9

/** A woven cloth: coloured fields come from which thread lies on top, as on a loom. */
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
  paint(stage) {
    const { context, width, height, random } = stage
    const columns = Math.round(width / THREAD)
    const rows = Math.round(height / THREAD)
    const pitch = { x: width / columns, y: height / rows }
    const warp = dye(columns, stage, random.pick([11, 15, 20]))
    const weft = dye(rows, stage, random.pick([8, 11, 16]))
    const isWarpOnTop = createDraft(columns, rows, random)
    const lines = snapToPixels(stage, pitch)
    const shades = createShades(stage.scale, pitch)
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const onTop = isWarpOnTop(column, row)
        const [x, y] = [lines.x(column), lines.y(row)]
        const [breadth, length] = [lines.x(column + 1) - x, lines.y(row + 1) - y]
        context.fillStyle = (onTop ? warp[column] : weft[row]) ?? '#000000'
        context.fillRect(x, y, breadth, length)
        const [before, after] = onTop
          ? [isWarpOnTop(column, row - 1), isWarpOnTop(column, row + 1)]
          : [!isWarpOnTop(column - 1, row), !isWarpOnTop(column + 1, row)]
        const { sides, start, end } = onTop ? shades.warp : shades.weft
        context.drawImage(sides, x, y, breadth, length)
        if (!before) context.drawImage(start, x, y, breadth, length)
        if (!after) context.drawImage(end, x, y, breadth, length)
      }
    }
  },
}

/** Dyes threads in stripes of different breadth; each thread is a touch lighter or darker than its neighbour. */
function dye(count: number, { palette, random }: Stage, breadth: number): Hex[] {
  const order = random.shuffle(palette.colors)
  const threads: Hex[] = []
  for (let stripe = 0; threads.length < count; stripe += 1) {
    const color = order[stripe % order.length] ?? palette.ink
    const next = order[(stripe + 1) % order.length] ?? color
    const size = Math.max(2, Math.round(breadth * random.pick([0.25, 0.5, 1, 1, 1.6, 2.4])))
    for (let thread = 0; thread < size; thread += 1) {
      const isBlended = thread > size - 4 && thread % 2 === 1
      threads.push(lighten(isBlended ? next : color, random.normal() * 0.012))
    }
  }
  return threads.slice(0, count)
}

/** The draft tells which thread is on top: blocks of satin, twill and plain weave, stepped like a tapestry. */
function createDraft(columns: number, rows: number, random: Random): (column: number, row: number) => boolean {
  const noise = createNoise(random)
  const block = random.pick([6, 8, 10])
  const mirrored = random.chance(0.6)
  const shift = random.between(0, 40)
  return (column, row) => {
    const from = mirrored ? Math.abs(column - columns / 2) : column
    const step = Math.floor(from / block)
    const level = Math.floor((row + (step % 2) * (block / 2)) / block)
    const figure =
      noise(step * 0.37 + shift, level * 0.37) + 0.22 * Math.cos(((level - rows / block / 2) / rows) * block * 5)
    if (figure > 0.28) return (column * 3 + row) % 8 !== 0
    if (figure < -0.22) return (column * 3 + row) % 8 === 0
    return (column + row) % 4 < 2
  }
}

interface Shades {
  /** The roundness of the thread, along its sides. */
  sides: Canvas
  /** Where it comes up from under another thread. */
  start: Canvas
  /** Where it dives under the next. */
  end: Canvas
}

type Stop = readonly [place: number, color: string]

const ROUND: readonly Stop[] = [
  [0, 'rgba(0, 0, 0, 0.46)'],
  [0.22, 'rgba(0, 0, 0, 0.06)'],
  [0.42, 'rgba(255, 255, 255, 0.15)'],
  [0.7, 'rgba(0, 0, 0, 0.04)'],
  [1, 'rgba(0, 0, 0, 0.5)'],
]
const DIVE: readonly Stop[] = [
  [0, 'rgba(0, 0, 0, 0.5)'],
  [0.45, 'rgba(0, 0, 0, 0)'],
]

/** Small pictures to lay over flat colour, so that a crossing costs two copies and no gradient. */
function createShades(scale: number, pitch: { x: number; y: number }): Record<'warp' | 'weft', Shades> {
  const width = Math.max(2, Math.ceil(pitch.x * scale))
  const height = Math.max(2, Math.ceil(pitch.y * scale))
  const shade = (from: [number, number], to: [number, number], stops: readonly Stop[]): Canvas => {
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    const gradient = context.createLinearGradient(...from, ...to)
    for (const [place, color] of stops) gradient.addColorStop(place, color)
    context.fillStyle = gradient
    context.fillRect(0, 0, width, height)
    return canvas
  }
  const across = (stops: readonly Stop[]) => shade([0, 0], [width, 0], stops)
  const down = (stops: readonly Stop[]) => shade([0, 0], [0, height], stops)
  return {
    warp: { sides: across(ROUND), start: down(DIVE), end: shade([0, height], [0, 0], DIVE) },
    weft: { sides: down(ROUND), start: across(DIVE), end: shade([width, 0], [0, 0], DIVE) },
  }
}
