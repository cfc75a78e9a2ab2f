import { fade, type Hex, lighten, lightness, mix, ramp } from '../color.ts'
import { createNoise, layerNoise } from '../noise.ts'
import type { Stage, Style } from '../style.ts'

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
  paint(stage) {
    const horizon = stage.height * stage.random.between(0.44, 0.54)
    paintSky(stage, horizon)
    paintLight(stage, horizon)
    for (let layer = 0; layer < LAYERS; layer += 1) paintRange(stage, horizon, layer / (LAYERS - 1))
  },
}

function colorAt({ palette }: Stage, index: number): Hex {
  return palette.colors[index] ?? palette.paper
}

function paintSky(stage: Stage, horizon: number): void {
  const { context, width, height, random } = stage
  const sky = context.createLinearGradient(0, 0, 0, horizon * 1.12)
  const colors = [colorAt(stage, 0), colorAt(stage, 1), colorAt(stage, 2)]
  for (let stop = 0; stop <= 12; stop += 1) sky.addColorStop(stop / 12, ramp(colors, (stop / 12) ** 1.15))
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  if (lightness(colorAt(stage, 0)) > 0.4) return
  const stars = Math.round((width * horizon) / 2600)
  for (let star = 0; star < stars; star += 1) {
    const y = horizon * random.next() ** 1.4
    const radius = 0.5 + random.next() ** 6 * 1.7
    context.fillStyle = fade(colorAt(stage, 3), random.between(0.25, 0.95) * (1 - y / horizon) ** 0.6)
    context.beginPath()
    context.arc(random.between(0, width), y, radius, 0, 2 * Math.PI)
    context.fill()
  }
}

function paintLight(stage: Stage, horizon: number): void {
  const { context, width, height, random } = stage
  const light = colorAt(stage, 3)
  const radius = random.between(46, 92)
  const x = width * (random.chance(0.5) ? random.between(0.2, 0.38) : random.between(0.62, 0.8))
  const y = horizon - random.between(0.04, 0.34) * horizon - radius * 0.4
  const glow = context.createRadialGradient(x, y, radius * 0.6, x, y, radius * 8)
  for (let stop = 0; stop <= 10; stop += 1) glow.addColorStop(stop / 10, fade(light, 0.62 * (1 - stop / 10) ** 2.6))
  context.fillStyle = glow
  context.fillRect(0, 0, width, height)
  context.fillStyle = fade(light, 0.96)
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

/** `depth` is 0 for the farthest range and 1 for the nearest. */
function paintRange(stage: Stage, horizon: number, depth: number): void {
  const { context, width, height, random } = stage
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
  const body = context.createLinearGradient(0, base - peak * 1.2, 0, base + peak * 1.1)
  const mist = mix(color, colorAt(stage, 2), 0.5 * (1 - depth) ** 1.2)
  body.addColorStop(0, lighten(color, -0.015))
  body.addColorStop(0.45, color)
  body.addColorStop(1, mist)
  context.fillStyle = body
  context.beginPath()
  context.moveTo(-5, height + 5)
  for (let x = -5; x <= width + 5; x += 1.5) context.lineTo(x, profile(x))
  context.lineTo(width + 5, height + 5)
  context.fill()
  if (depth > 0.6) paintTrees(stage, profile, depth, color)
}

/** Firs along the crest of a near range, in groups with clearings. */
function paintTrees(
  { context, width, random }: Stage,
  profile: (x: number) => number,
  depth: number,
  color: Hex,
): void {
  const groves = createNoise(random)
  const tall = 10 + 34 * (depth - 0.55) * 2
  context.fillStyle = lighten(color, -0.015)
  for (let x = -10; x < width + 10; x += tall * random.between(0.12, 0.34)) {
    const density = groves(x / 170, depth * 3) * 0.9 + 0.25
    if (random.next() > density) continue
    const size = tall * random.between(0.45, 1.15) * (0.6 + Math.min(0.5, density))
    const ground = profile(x) + size * 0.22
    context.beginPath()
    context.moveTo(x, ground - size)
    for (let tier = 1; tier <= 4; tier += 1) {
      const y = ground - size + (size * tier) / 4
      const reach = size * 0.055 * (tier + 0.6)
      context.lineTo(x + reach, y)
      context.lineTo(x + reach * 0.5, y - size * 0.02)
    }
    for (let tier = 4; tier >= 1; tier -= 1) {
      const y = ground - size + (size * tier) / 4
      const reach = size * 0.055 * (tier + 0.6)
      context.lineTo(x - reach * 0.5, y - size * 0.02)
      context.lineTo(x - reach, y)
    }
    context.fill()
  }
}
