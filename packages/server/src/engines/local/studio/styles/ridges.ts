import { Path2D, type SKRSContext2D } from '@napi-rs/canvas'
import { fade, type Hex, lighten, lightness, mix, ramp } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise, layerNoise } from '../noise.ts'
import { drift, type Moment, type Painting, type Stage, type Style, sway } from '../style.ts'
import { plantFirs } from './firs.ts'

const LAYERS = 8

/**
 * Mountain ranges that fade into the air, under a low sun or a moon.
 * Colours: top of the sky, middle, horizon, the light, far range, near range.
 */
export const ridgesStyle: Style = {
  layout: 'full',
  grain: 0.09,
  palettes: [
    {
      paper: '#10182b',
      ink: '#ffffff',
      colors: ['#3c5a8c', '#e59a7f', '#fbd9a5', '#fff1cf', '#b98a97', '#141c33'],
      moods: ['dawn'],
    },
    {
      paper: '#0b1a20',
      ink: '#ffffff',
      colors: ['#5b8fa8', '#a9cbd0', '#eee9d8', '#fffbe9', '#8fb3b8', '#0d2a30'],
      moods: ['snow', 'sea'],
    },
    {
      paper: '#170f22',
      ink: '#ffffff',
      colors: ['#2d1e5a', '#a3417c', '#f58c6c', '#ffe0a8', '#9a4b7e', '#190f2b'],
      moods: ['blossom', 'dawn'],
    },
    {
      paper: '#060b18',
      ink: '#ffffff',
      colors: ['#070d22', '#14284d', '#3d5f86', '#f3efe0', '#2b4a70', '#050a16'],
      moods: ['night'],
    },
    {
      paper: '#0e1a12',
      ink: '#ffffff',
      colors: ['#6fa3a0', '#c5d8b0', '#f6ecc4', '#fff8dc', '#8aae93', '#0f2418'],
      moods: ['forest'],
    },
    {
      paper: '#1f0f0d',
      ink: '#ffffff',
      colors: ['#7a2f3b', '#e0663f', '#f9bd64', '#fff0c4', '#b5523f', '#220f10'],
      moods: ['fire'],
    },
    {
      paper: '#14161f',
      ink: '#ffffff',
      colors: ['#8c93b8', '#d9b8c4', '#f6e3d3', '#ffffff', '#a7a3bd', '#1b1e2e'],
      moods: ['snow', 'blossom'],
    },
  ],
  compose(stage) {
    if (stage.guide) return composeProfiles(stage, stage.guide)
    const horizon = stage.height * stage.random.between(0.44, 0.54)
    const paintSky = composeSky(stage, horizon)
    const paintLight = composeLight(stage, horizon)
    const ranges = Array.from({ length: LAYERS }, (_, layer) => composeRange(stage, horizon, layer / (LAYERS - 1)))
    return {
      paint(context, moment) {
        paintSky(context, moment)
        paintLight(context, moment)
        for (const paintRange of ranges) paintRange(context, moment)
      },
    }
  },
}

type Part = Painting['paint']

/** Room beside the picture into which a range may slide. */
const BEYOND = 130
const FARTHEST_SLIDE = 110

function colorAt({ palette }: Stage, index: number): Hex {
  return palette.colors[index] ?? palette.paper
}

function composeSky(stage: Stage, horizon: number): Part {
  const { width, height, random } = stage
  const colors = [colorAt(stage, 0), colorAt(stage, 1), colorAt(stage, 2)]
  const count = lightness(colorAt(stage, 0)) > 0.4 ? 0 : Math.round((width * horizon) / 2600)
  const stars = Array.from({ length: count }, () => {
    const y = horizon * random.next() ** 1.4
    const opacity = random.between(0.25, 0.95) * (1 - y / horizon) ** 0.6
    return { x: random.between(0, width), y, radius: 0.5 + random.next() ** 6 * 1.7, opacity, start: random.next() }
  })
  return (context, moment) => {
    const sky = context.createLinearGradient(0, 0, 0, horizon * 1.12)
    for (let stop = 0; stop <= 12; stop += 1) sky.addColorStop(stop / 12, ramp(colors, (stop / 12) ** 1.15))
    context.fillStyle = sky
    context.fillRect(0, 0, width, height)
    for (const { x, y, radius, opacity, start } of stars) {
      context.fillStyle = fade(colorAt(stage, 3), opacity * (1 + 0.3 * sway(moment, start, 2)) * 0.77)
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.fill()
    }
  }
}

function composeLight(stage: Stage, horizon: number): Part {
  const { width, height, random } = stage
  const light = colorAt(stage, 3)
  const radius = random.between(46, 92)
  const x = width * (random.chance(0.5) ? random.between(0.2, 0.38) : random.between(0.62, 0.8))
  const resting = horizon - random.between(0.04, 0.34) * horizon - radius * 0.4
  return (context, moment) => {
    const y = resting + drift(moment, 16, 0.25).x
    const glow = context.createRadialGradient(x, y, radius * 0.6, x, y, radius * 8)
    for (let stop = 0; stop <= 10; stop += 1) glow.addColorStop(stop / 10, fade(light, 0.62 * (1 - stop / 10) ** 2.6))
    context.fillStyle = glow
    context.fillRect(0, 0, width, height)
    context.fillStyle = fade(light, 0.96)
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fill()
  }
}

/** `depth` is 0 for the farthest range and 1 for the nearest, which slides farthest. */
function composeRange(stage: Stage, horizon: number, depth: number): Part {
  const { width, height, random } = stage
  const noise = layerNoise(createNoise(random), 6, 0.48)
  const base = horizon + (height - horizon) * (depth ** 1.5 * 0.78 - 0.02)
  const peak = height * (0.13 + 0.05 * Math.sin(depth * Math.PI)) * random.between(0.8, 1.25)
  const wave = 520 - 210 * depth + random.between(-60, 60)
  const offset = random.between(0, 500)
  const profile = (x: number): number => {
    const rough = noise(x / wave + offset, depth * 9.7)
    const sharp = 1 - Math.abs(noise(x / (wave * 1.3) + offset + 90, depth * 5.3)) * 1.7
    return base - peak * (rough * 0.75 + sharp * 0.55)
  }
  const far = mix(colorAt(stage, 4), colorAt(stage, 2), 0.42)
  const color = ramp([far, colorAt(stage, 4), colorAt(stage, 5)], depth ** 0.8)
  const mist = mix(color, colorAt(stage, 2), 0.5 * (1 - depth) ** 1.2)
  const body = new Path2D()
  body.moveTo(-BEYOND, height + 5)
  for (let x = -BEYOND; x <= width + BEYOND; x += 1.5) body.lineTo(x, profile(x))
  body.lineTo(width + BEYOND, height + 5)
  body.closePath()
  const firs = depth > 0.6 ? plantFirs({ from: -BEYOND, to: width + BEYOND, profile, depth, random }) : null
  return (context, moment) => {
    const slide = drift(moment, 34 * depth ** 1.4).y
    const fill = context.createLinearGradient(0, base - peak * 1.2, 0, base + peak * 1.1)
    fill.addColorStop(0, lighten(color, -0.015))
    fill.addColorStop(0.45, color)
    fill.addColorStop(1, mist)
    context.save()
    context.translate(Math.max(-FARTHEST_SLIDE, Math.min(FARTHEST_SLIDE, slide)), 0)
    context.fillStyle = fill
    context.fill(body)
    context.fillStyle = lighten(color, -0.015)
    if (firs) context.fill(firs)
    context.restore()
  }
}

/** A given picture as a range behind each of its lines: the lighter it is there, the higher the range. */
function composeProfiles({ width, height, palette }: Stage, guide: Guide): Painting {
  const pitch = 11
  const lines = Math.ceil(height / pitch) + 6
  const paintLine = (context: SKRSContext2D, y: number, swell: number): void => {
    const lift = (x: number): number => 46 * (guide.lightAt(x, y) - 0.25) + swell * Math.sin(x / 90 + y / 60)
    const fill = context.createLinearGradient(0, 0, width, 0)
    for (let stop = 0; stop <= 60; stop += 1) fill.addColorStop(stop / 60, guide.colorAt((stop / 60) * width, y))
    context.beginPath()
    context.moveTo(-5, height + 5)
    for (let x = -5; x <= width + 5; x += 4) context.lineTo(x, y - lift(x))
    context.lineTo(width + 5, height + 5)
    context.fillStyle = fill
    context.fill()
    context.strokeStyle = fade(palette.paper, 0.45)
    context.lineWidth = 1.3
    context.stroke()
  }
  return {
    paint(context, moment: Moment | null) {
      context.fillStyle = palette.paper
      context.fillRect(0, 0, width, height)
      for (let line = 0; line < lines; line += 1) paintLine(context, line * pitch, 5 * sway(moment, line / 24))
    },
  }
}
