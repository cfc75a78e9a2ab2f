import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Hex, lightness, type Rgb, toRgb } from '../color.ts'
import type { Guide } from '../guide.ts'
import { type Moment, type Painting, type Stage, type Style, sway } from '../style.ts'
import { traceDots } from './halftone.ts'
import { composePrint, type PrintShape } from './riso-shapes.ts'

const PITCH = 8.4
/** Coarser while it moves: fine dots would shimmer, and take long. */
const MOVING_PITCH = 12.5
/** Each ink has its own angle, or the dots of two would beat against each other. */
const ANGLES = [0.26, 1.31, 0.79]

/** A print in three inks that lie over each other, some of them in dots. Colours: the three inks. */
export const risoStyle: Style = {
  layout: 'framed',
  grain: 0.16,
  palettes: [
    { paper: '#f4efe2', ink: '#1f2a5c', colors: ['#ff5a4e', '#2b4cc4', '#ffc53d'], moods: ['sea', 'dawn'] },
    { paper: '#f5efe6', ink: '#123d3a', colors: ['#ff7a59', '#0f7f78', '#f6c64b'], moods: ['forest'] },
    { paper: '#f6f0ea', ink: '#3b1d52', colors: ['#ff6fa3', '#5b3fa8', '#ffb545'], moods: ['blossom'] },
    { paper: '#f2efe8', ink: '#17264a', colors: ['#f25c54', '#24417f', '#8fb8d8'], moods: ['snow', 'sea'] },
    { paper: '#f5ede0', ink: '#4a1616', colors: ['#ef3e36', '#6b2737', '#ffa62b'], moods: ['fire'] },
    { paper: '#ece9f0', ink: '#151a45', colors: ['#7a6ff0', '#1b1f5e', '#f7b2d9'], moods: ['night'] },
    { paper: '#f3f0e1', ink: '#26341c', colors: ['#e8743b', '#3f6b3a', '#e9cf4a'], moods: ['forest', 'fire'] },
  ],
  compose(stage) {
    return stage.guide ? printPicture(stage, stage.guide) : printShapes(stage)
  },
}

function printShapes(stage: Stage): Painting {
  const { width, height, palette, random } = stage
  const shapes = composePrint(stage)
  // No press lays all inks at exactly the same place.
  const slips = ANGLES.map(() => ({ x: random.normal() * 1.7, y: random.normal() * 1.7 }))
  return {
    paint(context, moment) {
      context.fillStyle = palette.paper
      context.fillRect(0, 0, width, height)
      context.globalCompositeOperation = 'multiply'
      for (const shape of shapes) {
        context.save()
        const slip = slips[shape.ink] ?? { x: 0, y: 0 }
        context.translate(slip.x, slip.y)
        context.fillStyle = palette.colors[shape.ink] ?? palette.ink
        printShape(context, shape, stage, moment)
        context.restore()
      }
      context.globalCompositeOperation = 'source-over'
    },
  }
}

function printShape(context: SKRSContext2D, shape: PrintShape, { width, height }: Stage, moment: Moment | null): void {
  context.beginPath()
  shape.trace(context, moment)
  const { coverage } = shape
  if (coverage === null) {
    context.fill('evenodd')
    return
  }
  context.clip('evenodd')
  context.beginPath()
  const screen = {
    pitch: moment === null ? PITCH : MOVING_PITCH,
    angle: ANGLES[shape.ink] ?? 0,
    coverage: (x: number, y: number) => coverage(x, y, moment),
  }
  traceDots(context, screen, shape.bounds ?? { x: 0, y: 0, width, height })
  context.fill()
}

/** Separates a picture into the three inks: each takes what it can of the darkness that is left. */
function printPicture({ width, height, palette }: Stage, guide: Guide): Painting {
  const paper = toRgb(palette.paper)
  const inks = palette.colors
    .map((color, index) => ({ color, angle: ANGLES[index] ?? 0, absorbs: absorption(color, paper) }))
    .sort((a, b) => lightness(a.color) - lightness(b.color))
  const coveragesOf = (x: number, y: number): number[] => {
    const left = absorption(guide.colorAt(x, y), paper)
    const darkness = 1 - guide.lightAt(x, y)
    return inks.map(({ absorbs }, place) => {
      const size = absorbs.reduce((sum, value) => sum + value * value, 0)
      const along = absorbs.reduce((sum, value, channel) => sum + value * (left[channel] ?? 0), 0) / size
      // The darkest ink draws; it only comes in where the picture is dark.
      const share = Math.min(1, Math.max(0, place === 0 ? Math.min(along, darkness ** 1.25 * 1.15) : along * 0.92))
      for (const [channel, value] of absorbs.entries()) left[channel] = (left[channel] ?? 0) - value * share
      return share
    })
  }
  return {
    paint(context, moment) {
      context.fillStyle = palette.paper
      context.fillRect(0, 0, width, height)
      context.globalCompositeOperation = 'multiply'
      for (const [place, { color, angle }] of inks.entries()) {
        context.beginPath()
        const turned = angle + 0.03 * sway(moment, place / 3)
        const coverage = (x: number, y: number): number => coveragesOf(x, y)[place] ?? 0
        traceDots(context, { pitch: PITCH * 0.84, angle: turned, coverage }, { x: 0, y: 0, width, height })
        context.fillStyle = color
        context.fill()
      }
      context.globalCompositeOperation = 'source-over'
    },
  }
}

/** What a colour takes away from the paper, by channel, 0 to 1. */
function absorption(color: Hex, paper: Rgb): number[] {
  return toRgb(color).map((value, channel) => Math.max(0, 1 - value / Math.max(1, paper[channel] ?? 255)))
}
