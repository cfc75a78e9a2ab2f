import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Hex, mix } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise } from '../noise.ts'
import type { Random } from '../random.ts'
import type { Moment, Stage, Style } from '../style.ts'
import { createOccupancy, type Occupancy } from './occupancy.ts'

interface Point {
  x: number
  y: number
}

type Field = (x: number, y: number) => number

/** From broad to fine: broad ribbons take their room first, finer ones fill what is left. */
const RIBBONS = [
  { width: 46, tries: 60, longest: 150, shortest: 34 },
  { width: 26, tries: 260, longest: 120, shortest: 24 },
  { width: 14, tries: 800, longest: 90, shortest: 14 },
  { width: 7, tries: 2200, longest: 70, shortest: 9 },
  { width: 3.4, tries: 3600, longest: 50, shortest: 6 },
]
/** A picture needs finer strokes to be seen. */
const RIBBONS_OF_PICTURE = [
  { width: 17, tries: 300, longest: 60, shortest: 8 },
  { width: 10, tries: 1800, longest: 50, shortest: 6 },
  { width: 6, tries: 6000, longest: 40, shortest: 4 },
  { width: 3.4, tries: 9000, longest: 30, shortest: 3 },
]
const STEP = 5
const GAP = 3.2

/** Ribbons of paint that follow one current and never touch. */
export const flowStyle: Style = {
  layout: 'framed',
  grain: 0.1,
  palettes: [
    {
      paper: '#f4efe4',
      ink: '#1d2433',
      colors: ['#1f3a5f', '#c8553d', '#e8b04b', '#7fa99b', '#2b2d42', '#f2d0a4'],
      moods: ['sea'],
    },
    {
      paper: '#f1ebe1',
      ink: '#2a1f1d',
      colors: ['#8c2f39', '#e07a5f', '#3d405b', '#81b29a', '#f2cc8f', '#5b3a36'],
      moods: ['fire'],
    },
    {
      paper: '#eef0ea',
      ink: '#14281d',
      colors: ['#1b4332', '#52796f', '#d8a48f', '#bc4b51', '#f4a259', '#5b8e7d'],
      moods: ['forest'],
    },
    {
      paper: '#f5f1ec',
      ink: '#20202a',
      colors: ['#22223b', '#4a4e69', '#9a8c98', '#c9ada7', '#d1495b', '#edae49'],
      moods: ['blossom', 'snow'],
    },
    {
      paper: '#12151f',
      ink: '#f0ebdf',
      colors: ['#f4d58d', '#bf5b3d', '#708d81', '#e9e3d3', '#3f6c8f', '#d98e73'],
      moods: ['night'],
    },
    {
      paper: '#f3eee8',
      ink: '#0b2545',
      colors: ['#0b2545', '#13467a', '#4f86c6', '#8da9c4', '#e4572e', '#f1c40f'],
      moods: ['sea', 'snow'],
    },
    {
      paper: '#f6f0ea',
      ink: '#3a1c32',
      colors: ['#5f0f40', '#9a031e', '#fb8b24', '#e36414', '#0f4c5c', '#e3b9a0'],
      moods: ['fire', 'dawn'],
    },
  ],
  compose(stage) {
    const { width, height, palette, guide } = stage
    const ribbons = layRibbons(stage)
    return {
      paint(context, moment) {
        context.fillStyle = mix(palette.paper, palette.colors[0] ?? palette.ink, guide ? 0 : 0.05)
        context.fillRect(0, 0, width, height)
        for (const ribbon of ribbons) drawRibbon(context, ribbon, moment)
      },
    }
  },
}

interface Ribbon {
  points: Point[]
  width: number
  color: Hex
  /** Some ribbons are banded: the same path again, dashed in another colour. */
  band: { color: Hex; dash: [number, number] } | null
  /** When in a turn it begins to grow. */
  start: number
}

function layRibbons(stage: Stage): Ribbon[] {
  const { width, height, palette, random, guide } = stage
  const field = guide ? followPicture(createField(stage), guide) : createField(stage)
  const occupancy = createOccupancy(width, height, 3)
  const tone = createNoise(random)
  const colors = weigh(palette.colors, random)
  const area = (width * height) / 1_000_000
  const ribbons: Ribbon[] = []
  for (const kind of guide ? RIBBONS_OF_PICTURE : RIBBONS) {
    for (let trial = 0; trial < kind.tries * area; trial += 1) {
      const start = { x: random.between(-40, width + 40), y: random.between(-40, height + 40) }
      const points = trace(start, field, occupancy, kind.width, random.between(kind.shortest, kind.longest))
      if (points.length < kind.shortest) continue
      for (const point of points) occupancy.fill(point.x, point.y, kind.width / 2)
      const drifted = tone(start.x / 420, start.y / 420) * 0.5 + 0.5
      const middle = points[points.length >> 1] ?? start
      const color = guide ? guide.colorAt(middle.x, middle.y) : pickColor(colors, drifted, random)
      const band = guide === null && kind.width > 10 && random.chance(0.22) ? bandOf(kind.width, color, stage) : null
      ribbons.push({ points, width: kind.width, color, band, start: random.next() })
    }
  }
  return ribbons
}

function bandOf(width: number, color: Hex, { random, palette }: Stage): Ribbon['band'] {
  const length = random.between(0.5, 2.4) * width
  const gap = length * random.between(0.4, 1.4)
  return { color: random.pick(palette.colors.filter((other) => other !== color)), dash: [length, gap] }
}

/** Along the edges of a picture, as a pen would go; where it is flat the current stays as it is. */
function followPicture(field: Field, guide: Guide): Field {
  return (x, y) => {
    const slope = guide.slopeAt(x, y)
    const angle = field(x, y)
    const weight = Math.min(1, Math.hypot(slope.x, slope.y) * 1.6)
    let along = Math.atan2(slope.x, -slope.y)
    // An edge runs both ways: take the one nearer to the current.
    while (along - angle > Math.PI / 2) along -= Math.PI
    while (along - angle < -Math.PI / 2) along += Math.PI
    return angle + (along - angle) * weight
  }
}

/** One current over the whole picture: broad noise, and a slow turn around a centre off the middle. */
function createField({ width, height, random }: Stage): Field {
  const noise = createNoise(random)
  const base = random.between(-0.6, 0.6) + (random.chance(0.5) ? 0 : Math.PI / 2)
  const wave = random.between(480, 760)
  const turn = random.between(1.1, 2.1)
  const centre = { x: width * random.between(0.2, 0.8), y: height * random.between(0.2, 0.8) }
  const swirl = random.chance(0.45) ? random.between(0.6, 1.5) * (random.chance(0.5) ? 1 : -1) : 0
  return (x, y) => {
    const distance = Math.hypot(x - centre.x, y - centre.y)
    return base + noise(x / wave, y / wave) * turn + swirl * Math.exp(-((distance / 420) ** 2)) * 1.6
  }
}

function trace(start: Point, field: Field, occupancy: Occupancy, width: number, steps: number): Point[] {
  const points: Point[] = []
  let { x, y } = start
  for (let step = 0; step < steps; step += 1) {
    const angle = field(x, y)
    if (!occupancy.isFree(x, y, angle, width / 2 + GAP)) break
    points.push({ x, y })
    x += Math.cos(angle) * STEP
    y += Math.sin(angle) * STEP
  }
  return points
}

/** A few colours carry the picture and the others are accents. */
function weigh(colors: readonly Hex[], random: Random): Hex[] {
  return random.shuffle(colors).flatMap((color, index) => Array<Hex>(Math.max(1, 5 - index)).fill(color))
}

function pickColor(colors: readonly Hex[], drift: number, random: Random): Hex {
  const share = Math.min(0.999, Math.max(0, drift + random.normal() * 0.22))
  return colors[Math.floor(share * colors.length)] ?? '#000000'
}

/** How much of a turn a ribbon takes to grow, and to leave. */
const GROWING = 0.16

function drawRibbon(
  context: SKRSContext2D,
  { points, width, color, band, start }: Ribbon,
  moment: Moment | null,
): void {
  const [from, to] = moment === null ? [0, 1] : visiblePart((moment.turn + start) % 1)
  const first = points[Math.round(from * (points.length - 1))]
  const shown = points.slice(Math.round(from * (points.length - 1)) + 1, Math.round(to * (points.length - 1)) + 1)
  if (!first || shown.length === 0) return
  context.beginPath()
  context.moveTo(first.x, first.y)
  for (const point of shown) context.lineTo(point.x, point.y)
  context.lineCap = width > 10 ? 'butt' : 'round'
  context.lineJoin = 'round'
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
  if (!band) return
  context.setLineDash(band.dash)
  context.lineDashOffset = from * (points.length - 1) * STEP
  context.strokeStyle = band.color
  // A hair wider than the ribbon, or its edge would shine through.
  context.lineWidth = width + 0.9
  context.stroke()
  context.setLineDash([])
}

/** A ribbon grows from its beginning, stays, and leaves by its end. */
function visiblePart(age: number): [from: number, to: number] {
  const ease = (share: number): number => share * share * (3 - 2 * share)
  if (age < GROWING) return [0, ease(age / GROWING)]
  return age > 1 - GROWING ? [ease((age - 1 + GROWING) / GROWING), 1] : [0, 1]
}
