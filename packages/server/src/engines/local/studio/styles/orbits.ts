import type { SKRSContext2D } from '@napi-rs/canvas'
import { fade, type Hex } from '../color.ts'
import type { Guide } from '../guide.ts'
import type { Random } from '../random.ts'
import { type Moment, type Painting, type Stage, type Style, sway } from '../style.ts'
import { drawPlanet, type Planet, planPlanet } from './planets.ts'

interface Point {
  x: number
  y: number
}

/** An engraved chart of a small solar system. Colours: ground, lines, sun, and the planets. */
export const orbitsStyle: Style = {
  layout: 'framed',
  grain: 0.08,
  palettes: [
    {
      paper: '#f3ecdd',
      ink: '#13223a',
      colors: ['#13223a', '#d8c79a', '#f2b84b', '#d9694a', '#6fa8a3', '#e8dcc0'],
      moods: ['night', 'sea'],
    },
    {
      paper: '#1b1420',
      ink: '#f3e3d3',
      colors: ['#2a1b33', '#d9b08c', '#f6c177', '#e0637c', '#7d6bb5', '#f0dfd0'],
      moods: ['blossom', 'dawn'],
    },
    {
      paper: '#f2eee3',
      ink: '#20302a',
      colors: ['#1d3a33', '#c9c39a', '#e9b44c', '#c46a4a', '#7fa37a', '#ece4cb'],
      moods: ['forest'],
    },
    {
      paper: '#f4efe6',
      ink: '#3a1c17',
      colors: ['#3a1717', '#dcb48c', '#f5b35c', '#d8502f', '#8f5a4a', '#f2dfc0'],
      moods: ['fire'],
    },
    {
      paper: '#eef0f1',
      ink: '#1c2c3c',
      colors: ['#e4e9ec', '#34506b', '#c98b3d', '#3f7391', '#8fa9b8', '#24384c'],
      moods: ['snow'],
    },
    {
      paper: '#0f1013',
      ink: '#efe9db',
      colors: ['#16181d', '#b9ad8d', '#f0e2b6', '#b5533c', '#5f7f8c', '#ded3b8'],
      moods: ['night'],
    },
  ],
  compose(stage) {
    return stage.guide ? engrave(stage, stage.guide) : chart(stage)
  },
}

function colorAt({ palette }: Stage, index: number): Hex {
  return palette.colors[index] ?? palette.ink
}

function chart(stage: Stage): Painting {
  const { width, height, random } = stage
  const reach = Math.max(width, height)
  const middle = {
    x: width * (width > height * 1.3 ? random.pick([0.34, 0.66]) : 0.5),
    y: height * (height > width * 1.3 ? random.pick([0.36, 0.6]) : 0.5),
  }
  const flatness = random.pick([1, 1, 0.42])
  const tilt = flatness === 1 ? 0 : random.between(-0.35, 0.35)
  const outermost = Math.min(width, height) * (flatness === 1 ? 0.455 : 0.62)
  const planets = planOrbits(stage, outermost)
  const stars = Array.from({ length: Math.round((width * height) / 5200) }, () => ({
    x: random.between(0, width),
    y: random.between(0, height),
    size: 0.8 + random.next() ** 6 * 3,
    start: random.next(),
  }))
  const figures = [drawFigure(random, width, height), drawFigure(random, width, height)]
  return {
    paint(context, moment) {
      context.fillStyle = colorAt(stage, 0)
      context.fillRect(0, 0, width, height)
      paintStars(context, stars, colorAt(stage, 1), moment)
      for (const figure of figures) if (isAway(figure, middle, outermost * 1.06)) paintFigure(context, figure, stage)
      context.save()
      context.translate(middle.x, middle.y)
      context.rotate(tilt)
      context.scale(1, flatness)
      paintDial(context, stage, outermost, reach)
      for (const { radius } of planets) ring(context, radius, fade(colorAt(stage, 1), 0.75), 1.3)
      context.restore()
      paintSun(context, middle, stage, moment)
      for (const planet of planets) {
        const angle = planet.angle + (moment === null ? 0 : moment.turn * turnsOf(planet, moment) * 2 * Math.PI)
        const [across, down] = [Math.cos(angle) * planet.radius, Math.sin(angle) * planet.radius * flatness]
        const place = {
          x: middle.x + across * Math.cos(tilt) - down * Math.sin(tilt),
          y: middle.y + across * Math.sin(tilt) + down * Math.cos(tilt),
        }
        drawPlanet(context, planet, place, middle, { ground: colorAt(stage, 0), line: colorAt(stage, 1) }, moment)
      }
    },
  }
}

/** Whole rounds only, so that all stand where they stood; the inner planets make more of them. */
function turnsOf(planet: Planet, moment: Moment): number {
  return Math.max(1, Math.round(moment.seconds / (5 + planet.radius / 28)))
}

function planOrbits(stage: Stage, outermost: number): Planet[] {
  const { random } = stage
  const count = random.whole(6, 8)
  const inner = 104
  return Array.from({ length: count }, (_, index) => {
    const radius = inner + (outermost * 0.93 - inner) * ((index + 0.35) / count) ** 1.08
    return planPlanet(random, radius, ((index + 1) / count) * (outermost / 455), stage.palette.colors.slice(2))
  })
}

function ring(context: SKRSContext2D, radius: number, color: string, breadth: number): void {
  context.strokeStyle = color
  context.lineWidth = breadth
  context.beginPath()
  context.arc(0, 0, radius, 0, 2 * Math.PI)
  context.stroke()
}

/** The scale around the chart, and the hairlines of its hours. */
function paintDial(context: SKRSContext2D, stage: Stage, radius: number, reach: number): void {
  const line = colorAt(stage, 1)
  for (const [share, breadth] of [
    [1, 1.6],
    [1.022, 0.8],
    [1.075, 1.6],
  ] as const) {
    ring(context, radius * share, fade(line, 0.9), breadth)
  }
  for (let degree = 0; degree < 360; degree += 1) {
    const angle = (degree / 180) * Math.PI
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const end = degree % 30 === 0 ? 1.075 : degree % 5 === 0 ? 1.056 : 1.038
    context.strokeStyle = fade(line, degree % 5 === 0 ? 0.95 : 0.6)
    context.lineWidth = degree % 30 === 0 ? 2 : 1
    context.beginPath()
    context.moveTo(cos * radius * 1.022, sin * radius * 1.022)
    context.lineTo(cos * radius * end, sin * radius * end)
    context.stroke()
    if (degree % 15 !== 0) continue
    context.strokeStyle = fade(line, 0.16)
    context.lineWidth = 0.8
    context.beginPath()
    context.moveTo(cos * 74, sin * 74)
    context.lineTo(cos * radius, sin * radius)
    context.moveTo(cos * radius * 1.075, sin * radius * 1.075)
    context.lineTo(cos * reach * 2, sin * reach * 2)
    context.stroke()
  }
}

function paintSun(context: SKRSContext2D, { x, y }: Point, stage: Stage, moment: Moment | null): void {
  const color = colorAt(stage, 2)
  const glow = context.createRadialGradient(x, y, 20, x, y, 210)
  for (let stop = 0; stop <= 8; stop += 1) glow.addColorStop(stop / 8, fade(color, 0.3 * (1 - stop / 8) ** 2))
  context.fillStyle = glow
  context.fillRect(x - 220, y - 220, 440, 440)
  context.save()
  context.translate(x, y)
  context.rotate(0.06 * sway(moment))
  context.fillStyle = color
  for (let ray = 0; ray < 48; ray += 1) {
    const isLong = ray % 2 === 0
    const length = (isLong ? 74 : 60) * (1 + 0.05 * sway(moment, ray / 6, 2))
    context.rotate((2 * Math.PI) / 48)
    context.beginPath()
    context.moveTo(46, isLong ? -2.6 : -1.2)
    context.lineTo(length, 0)
    context.lineTo(46, isLong ? 2.6 : 1.2)
    context.fill()
  }
  context.beginPath()
  context.arc(0, 0, 40, 0, 2 * Math.PI)
  context.fill()
  context.restore()
}

function paintStars(
  context: SKRSContext2D,
  stars: readonly (Point & { size: number; start: number })[],
  color: Hex,
  moment: Moment | null,
): void {
  for (const { x, y, size, start } of stars) {
    context.fillStyle = fade(color, Math.min(1, 0.3 + size * 0.16 + 0.2 * sway(moment, start, 2)))
    context.beginPath()
    if (size > 2) {
      context.moveTo(x, y - size * 2.2)
      for (let corner = 1; corner < 8; corner += 1) {
        const away = corner % 2 === 0 ? size * 2.2 : size * 0.5
        const angle = (corner / 4) * Math.PI - Math.PI / 2
        context.lineTo(x + Math.cos(angle) * away, y + Math.sin(angle) * away)
      }
    } else context.arc(x, y, size, 0, 2 * Math.PI)
    context.fill()
  }
}

/** A constellation: a walk that never turns back sharply. */
function drawFigure(random: Random, width: number, height: number): Point[] {
  let angle = random.between(0, 2 * Math.PI)
  let point = { x: width * random.pick([0.1, 0.88]), y: height * random.between(0.1, 0.9) }
  return Array.from({ length: random.whole(5, 7) }, () => {
    angle += random.between(-1.1, 1.1)
    const step = random.between(38, 84)
    point = { x: point.x + Math.cos(angle) * step, y: point.y + Math.sin(angle) * step }
    return point
  })
}

function isAway(figure: readonly Point[], middle: Point, radius: number): boolean {
  return figure.every(({ x, y }) => Math.hypot(x - middle.x, y - middle.y) > radius * 1.1)
}

function paintFigure(context: SKRSContext2D, figure: readonly Point[], stage: Stage): void {
  context.strokeStyle = fade(colorAt(stage, 1), 0.55)
  context.lineWidth = 1
  context.beginPath()
  for (const { x, y } of figure) context.lineTo(x, y)
  context.stroke()
  context.fillStyle = colorAt(stage, 2)
  for (const { x, y } of figure) {
    context.beginPath()
    context.arc(x, y, 4, 0, 2 * Math.PI)
    context.fill()
  }
}

/** A given picture cut into rings around its middle; a ring swells where the picture is far from the ground's lightness. */
function engrave(stage: Stage, guide: Guide): Painting {
  const { width, height, palette } = stage
  const pitch = 7.4
  const middle = { x: width / 2, y: height / 2 }
  const reach = Math.hypot(width, height) / 2
  return {
    paint(context, moment) {
      context.fillStyle = '#0d0f14'
      context.fillRect(0, 0, width, height)
      context.lineCap = 'butt'
      for (let radius = pitch; radius < reach; radius += pitch) {
        const steps = Math.max(12, Math.round((2 * Math.PI * radius) / 4.6))
        for (let step = 0; step < steps; step += 1) {
          const from = (step / steps) * 2 * Math.PI
          const to = ((step + 1.06) / steps) * 2 * Math.PI
          const x = middle.x + Math.cos((from + to) / 2) * radius
          const y = middle.y + Math.sin((from + to) / 2) * radius
          if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue
          const light = guide.lightAt(x, y)
          const wave = 1 + 0.22 * sway(moment, -radius / 210)
          context.lineWidth = Math.min(pitch * 0.96, pitch * (0.1 + 0.84 * light ** 0.8) * wave)
          context.strokeStyle = light < 0.02 ? palette.ink : guide.colorAt(x, y)
          context.beginPath()
          context.arc(middle.x, middle.y, radius, from, to)
          context.stroke()
        }
      }
    },
  }
}
