import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { type Hex, lightness, type Rgb, toRgb } from '../color.ts'
import type { Guide } from '../guide.ts'
import { type Moment, type Painting, type Stage, type Style, sway } from '../style.ts'
import { traceDots } from './halftone.ts'
import { composePrint, type PrintShape } from './riso-shapes.ts'

const PITCH = 8.4
/** Coarser while it moves: fine dots would shimmer. */
const MOVING_PITCH = 11
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
  const inkOf = ({ ink }: PrintShape): Ink => ({
    color: palette.colors[ink] ?? palette.ink,
    angle: ANGLES[ink] ?? 0,
    slip: slips[ink] ?? { x: 0, y: 0 },
  })
  /** Inks darken each other whatever their order, so all that rests can be printed first. */
  const print = (context: SKRSContext2D, some: readonly PrintShape[], moment: Moment | null, plates: Plates | null) => {
    context.globalCompositeOperation = 'multiply'
    for (const shape of some) printShape(context, shape, inkOf(shape), stage, moment, plates)
    context.globalCompositeOperation = 'source-over'
  }
  const plates: Plates = new Map()
  let resting: Canvas | undefined
  return {
    paint(context, moment) {
      if (moment === null) {
        context.fillStyle = palette.paper
        context.fillRect(0, 0, width, height)
        print(context, shapes, null, null)
        return
      }
      resting ??= makePlate(context, stage, (plate) => {
        plate.fillStyle = palette.paper
        plate.fillRect(0, 0, width, height)
        print(
          plate,
          shapes.filter(({ moves }) => !moves),
          moment,
          null,
        )
      })
      context.drawImage(resting, 0, 0, width, height)
      print(
        context,
        shapes.filter(({ moves }) => moves),
        moment,
        plates,
      )
    },
  }
}

interface Ink {
  color: Hex
  angle: number
  slip: { x: number; y: number }
}

/** The dots of moving shapes, made once for all frames of a film. */
type Plates = Map<PrintShape, Canvas>

/** A canvas as fine as the one of the context, for an area of the stage. */
function makePlate(
  context: SKRSContext2D,
  area: { x?: number; y?: number; width: number; height: number },
  draw: (plate: SKRSContext2D) => void,
): Canvas {
  const { a, d } = context.getTransform()
  const canvas = createCanvas(Math.ceil(area.width * a), Math.ceil(area.height * d))
  const plate = canvas.getContext('2d')
  plate.scale(canvas.width / area.width, canvas.height / area.height)
  plate.translate(-(area.x ?? 0), -(area.y ?? 0))
  draw(plate)
  return canvas
}

function printShape(
  context: SKRSContext2D,
  shape: PrintShape,
  { color, angle, slip }: Ink,
  { width, height }: Stage,
  moment: Moment | null,
  plates: Plates | null,
): void {
  const { coverage, bounds = { x: 0, y: 0, width, height } } = shape
  const dots = (target: SKRSContext2D): void => {
    if (coverage === null) return
    target.fillStyle = color
    target.beginPath()
    traceDots(target, { pitch: moment === null ? PITCH : MOVING_PITCH, angle, coverage }, bounds)
    target.fill()
  }
  context.save()
  context.translate(slip.x, slip.y)
  context.fillStyle = color
  context.beginPath()
  shape.trace(context, moment)
  if (coverage === null) context.fill('evenodd')
  else {
    context.clip('evenodd')
    if (plates === null) dots(context)
    else {
      const plate = plates.get(shape) ?? makePlate(context, bounds, dots)
      plates.set(shape, plate)
      context.drawImage(plate, bounds.x, bounds.y, bounds.width, bounds.height)
    }
  }
  context.restore()
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
