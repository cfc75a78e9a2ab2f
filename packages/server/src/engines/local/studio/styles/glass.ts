import { Path2D, type SKRSContext2D } from '@napi-rs/canvas'
import { Delaunay } from 'd3-delaunay'
import { fade, type Hex, lighten, ramp } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise } from '../noise.ts'
import type { Random } from '../random.ts'
import { type Moment, type Stage, type Style, sway } from '../style.ts'

interface Point {
  x: number
  y: number
}

/** One piece of glass. */
interface Pane {
  path: Path2D
  centre: Point
  reach: number
  color: Hex
  start: number
}

const LEAD = '#14110e'

/** A leaded window: a sun in rings of glass above bands of land or water. Colours: sun, near sky, far sky, light to dark ground. */
export const glassStyle: Style = {
  layout: 'framed',
  grain: 0.06,
  palettes: [
    {
      paper: '#15161c',
      ink: '#f3ead6',
      colors: ['#ffe9a8', '#f2a541', '#2f6f8f', '#3aa6a0', '#1f6f78', '#16404f'],
      moods: ['sea', 'night'],
    },
    {
      paper: '#f4eee2',
      ink: '#2b1a16',
      colors: ['#ffe4a3', '#f08a4b', '#b23a48', '#8c5a6b', '#5b2a4a', '#33203f'],
      moods: ['dawn', 'fire'],
    },
    {
      paper: '#f1eee2',
      ink: '#16281c',
      colors: ['#fff0b3', '#c9d66b', '#5aa27a', '#7fb069', '#3d7a4e', '#1f4a37'],
      moods: ['forest'],
    },
    {
      paper: '#17131f',
      ink: '#f4e8ee',
      colors: ['#ffe3ec', '#f29bb2', '#8a5fb0', '#c774a8', '#6c4a94', '#3a2a63'],
      moods: ['blossom', 'night'],
    },
    {
      paper: '#f2f1ec',
      ink: '#17263a',
      colors: ['#ffffff', '#cfe3ee', '#7da6c9', '#dfe9ee', '#9bb9cf', '#55789c'],
      moods: ['snow'],
    },
    {
      paper: '#181310',
      ink: '#f6e6cf',
      colors: ['#ffd98a', '#ee7b30', '#a32f2f', '#d8643a', '#8a3324', '#4a1f22'],
      moods: ['fire'],
    },
    {
      paper: '#f5f0e6',
      ink: '#14253b',
      colors: ['#fff1c4', '#f6c667', '#4f86b8', '#5fb3b3', '#2d6a9f', '#1b3f6b'],
      moods: ['sea', 'dawn'],
    },
  ],
  compose(stage) {
    const { width, height, random, guide } = stage
    const sun = { x: width * random.between(0.3, 0.7), y: height * random.between(0.26, 0.42) }
    const panes = guide ? cutPicture(stage, guide) : cutWindow(stage, sun)
    return {
      paint(context, moment) {
        context.fillStyle = LEAD
        context.fillRect(0, 0, width, height)
        for (const pane of panes) paintPane(context, pane, sun, moment)
        context.lineJoin = 'round'
        for (const [breadth, color] of [
          [guide ? 2.6 : 5.4, LEAD],
          [guide ? 0.5 : 1.1, 'rgba(255, 255, 255, 0.16)'],
        ] as const) {
          context.lineWidth = breadth
          context.strokeStyle = color
          for (const { path } of panes) context.stroke(path)
        }
        if (guide === null) paintGlow(context, stage, sun, moment)
      },
    }
  },
}

function cutWindow(stage: Stage, sun: Point): Pane[] {
  const { width, height, random, palette } = stage
  const noise = createNoise(random)
  const horizon = height * random.between(0.6, 0.72)
  const land = (x: number): number => horizon + 46 * noise(x / 330, 3.3)
  const disc = random.between(78, 120)
  const sites = [...ringSites(stage, sun, disc, random), ...bandSites(stage, land, random)].filter(
    ({ x, y, isLand }) => x > -60 && y > -60 && x < width + 60 && y < height + 60 && isLand === y > land(x),
  )
  const far = Math.hypot(Math.max(sun.x, width - sun.x), sun.y)
  const colors = palette.colors
  const colorOf = ({ x, y }: Point): Hex => {
    const wobble = noise(x / 150, y / 150)
    if (y > land(x)) {
      const depth = (y - land(x)) / Math.max(1, height - land(x))
      return ramp(colors.slice(3), Math.min(1, Math.max(0, depth + wobble * 0.28)))
    }
    const distance = Math.hypot(x - sun.x, y - sun.y)
    if (distance < disc) return colors[0] ?? palette.ink
    return ramp(colors.slice(0, 3), Math.min(1, Math.max(0.1, ((distance - disc) / (far - disc)) * 1.1 + wobble * 0.2)))
  }
  return cut(sites, stage, (site) => lighten(colorOf(site), random.normal() * 0.035), random)
}

/** Rings of sites around the sun: their cells are wedges, like those of a rose window. */
function ringSites({ width, height }: Stage, sun: Point, disc: number, random: Random) {
  const sites: (Point & { isLand: boolean })[] = [{ ...sun, isLand: false }]
  const count = random.pick([16, 18, 20, 24])
  let radius = disc * 1.62
  let step = disc * 0.72
  for (let ring = 0; radius < Math.hypot(width, height); ring += 1) {
    const wedges = count * Math.max(1, Math.round((2 * Math.PI * radius) / count / (step * 1.25)))
    for (let wedge = 0; wedge < wedges; wedge += 1) {
      const angle = ((wedge + (ring % 2) / 2) / wedges) * 2 * Math.PI + random.normal() * 0.012
      const away = radius + random.normal() * step * 0.05
      sites.push({ x: sun.x + Math.cos(angle) * away, y: sun.y + Math.sin(angle) * away, isLand: false })
    }
    radius += step
    step *= 1.06
  }
  return sites
}

/** Long low panes in bands that follow the line of the land. */
function bandSites({ width, height }: Stage, land: (x: number) => number, random: Random) {
  const sites: (Point & { isLand: boolean })[] = []
  let below = 16
  for (let band = 0; below < height; band += 1) {
    const thickness = 30 + band * 7
    const length = 84 + band * 16
    const shift = random.between(0, length)
    for (let x = -length + shift; x < width + length; x += length * random.between(0.75, 1.25)) {
      sites.push({ x, y: land(x) + below + random.normal() * 3, isLand: true })
    }
    below += thickness
  }
  return sites
}

/** Small panes where the picture has edges, larger ones where it is flat, each in the colour of its middle. */
function cutPicture(stage: Stage, guide: Guide): Pane[] {
  const { width, height, random } = stage
  const sites: Point[] = []
  const tries = (width * height) / 110
  for (let trial = 0; trial < tries; trial += 1) {
    const point = { x: random.between(0, width), y: random.between(0, height) }
    const slope = guide.slopeAt(point.x, point.y)
    const detail = Math.min(1, Math.hypot(slope.x, slope.y) * 1.2)
    if (random.next() < 0.1 + 0.75 * detail) sites.push(point)
  }
  return cut(sites, stage, ({ x, y }) => guide.colorAt(x, y), random)
}

function cut(sites: readonly Point[], stage: Stage, colorOf: (site: Point) => Hex, random: Random): Pane[] {
  const voronoi = Delaunay.from(
    sites,
    (site) => site.x,
    (site) => site.y,
  ).voronoi([-9, -9, stage.width + 9, stage.height + 9])
  return sites.flatMap((_, index) => {
    const polygon = voronoi.cellPolygon(index)
    if (!polygon) return []
    const path = new Path2D()
    for (const [place, [x, y]] of polygon.entries()) place === 0 ? path.moveTo(x, y) : path.lineTo(x, y)
    path.closePath()
    const corners = polygon.slice(1)
    const centre = {
      x: corners.reduce((sum, [x]) => sum + x, 0) / corners.length,
      y: corners.reduce((sum, [, y]) => sum + y, 0) / corners.length,
    }
    const reach = Math.max(...corners.map(([x, y]) => Math.hypot(x - centre.x, y - centre.y)))
    return [{ path, centre, reach, color: colorOf(centre), start: random.next() }]
  })
}

/** Glass is lighter on the side of the sun, and in a film the light goes round it. */
function paintPane(
  context: SKRSContext2D,
  { path, centre, reach, color, start }: Pane,
  sun: Point,
  moment: Moment | null,
): void {
  const toSun = Math.atan2(sun.y - centre.y, sun.x - centre.x)
  const ray = moment === null ? 0 : 0.05 * Math.cos(2 * (toSun - moment.turn * Math.PI))
  const tone = lighten(color, ray + 0.02 * sway(moment, start, 2))
  const [dx, dy] = [Math.cos(toSun) * reach, Math.sin(toSun) * reach]
  const fill = context.createLinearGradient(centre.x + dx, centre.y + dy, centre.x - dx, centre.y - dy)
  fill.addColorStop(0, lighten(tone, 0.055))
  fill.addColorStop(0.5, tone)
  fill.addColorStop(1, lighten(tone, -0.06))
  context.fillStyle = fill
  context.fill(path)
}

function paintGlow(context: SKRSContext2D, { width, height, palette }: Stage, sun: Point, moment: Moment | null): void {
  const reach = 470 * (1 + 0.06 * sway(moment))
  const glow = context.createRadialGradient(sun.x, sun.y, 0, sun.x, sun.y, reach)
  const color = palette.colors[0] ?? palette.ink
  for (let stop = 0; stop <= 8; stop += 1) glow.addColorStop(stop / 8, fade(color, 0.4 * (1 - stop / 8) ** 2))
  context.save()
  context.globalCompositeOperation = 'screen'
  context.fillStyle = glow
  context.fillRect(0, 0, width, height)
  context.restore()
}
