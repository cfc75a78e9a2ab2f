import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { fade, type Hex, type Rgb, ramp, toRgb } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise, layerNoise } from '../noise.ts'
import { createRandom } from '../random.ts'
import { drift, type Moment, type Stage, type Style, sway } from '../style.ts'

/** The field is soft, so a coarse raster enlarged smoothly looks the same as a fine one. */
const RASTER = 420
/** While it moves, the eye sees even less. */
const MOVING_RASTER = 150
const TONES = 512

/** Folds of coloured light in the dark. Colours run from shadow to brightest light. */
export const auroraStyle: Style = {
  layout: 'full',
  grain: 0.11,
  palettes: [
    {
      paper: '#060912',
      ink: '#ffffff',
      colors: ['#060912', '#0c2340', '#0f6e6e', '#5fd3a2', '#eafbd0'],
      moods: ['forest', 'sea', 'night'],
    },
    {
      paper: '#0a0613',
      ink: '#ffffff',
      colors: ['#0a0613', '#2a0f4a', '#8b2a7b', '#f0627a', '#ffe3c0'],
      moods: ['blossom', 'dawn', 'night'],
    },
    {
      paper: '#070b16',
      ink: '#ffffff',
      colors: ['#070b16', '#122a5c', '#3862c7', '#8fb7f5', '#f2f6ff'],
      moods: ['sea', 'snow', 'night'],
    },
    {
      paper: '#110709',
      ink: '#ffffff',
      colors: ['#110709', '#4a1020', '#b5302c', '#f58a3c', '#ffedb8'],
      moods: ['fire'],
    },
    {
      paper: '#08090f',
      ink: '#ffffff',
      colors: ['#08090f', '#1f2547', '#6a4c93', '#e58fb1', '#ffeaf0'],
      moods: ['blossom', 'night'],
    },
    {
      paper: '#05100f',
      ink: '#ffffff',
      colors: ['#05100f', '#0b3b3c', '#2c7d59', '#c2c15a', '#fff6cf'],
      moods: ['forest'],
    },
  ],
  compose(stage) {
    const light = createLight(stage)
    const tones = toneTable(stage.palette.colors)
    const paintStars = scatterStars(stage)
    const { guide } = stage
    return {
      paint(context, moment) {
        const toneAt = guide === null ? null : createVeil(stage, guide, moment)
        paintRaster(context, stage, moment === null ? RASTER : MOVING_RASTER, (x, y) => {
          if (toneAt) return toneAt(x, y)
          const value = light(x, y, moment)
          return tones[Math.min(TONES - 1, Math.max(0, Math.floor(value * TONES)))] ?? [0, 0, 0]
        })
        if (guide === null) paintStars(context, moment, (x, y) => light(x, y, moment))
      },
    }
  },
}

/** Paints a coarse raster of colours and enlarges it smoothly over the stage. */
function paintRaster(
  context: SKRSContext2D,
  { width, height }: Stage,
  raster: number,
  toneAt: (x: number, y: number) => Rgb,
): void {
  const columns = Math.round((raster * width) / Math.min(width, height))
  const rows = Math.round((raster * height) / Math.min(width, height))
  const sheet = createCanvas(columns, rows)
  const sheetContext = sheet.getContext('2d')
  const pixels = sheetContext.createImageData(columns, rows)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const index = (row * columns + column) * 4
      pixels.data.set(toneAt(((column + 0.5) / columns) * width, ((row + 0.5) / rows) * height), index)
      pixels.data[index + 3] = 255
    }
  }
  sheetContext.putImageData(pixels, 0, 0)
  context.imageSmoothingQuality = 'high'
  context.drawImage(sheet, 0, 0, width, height)
}

/** A given picture seen as light: drawn upward into rays, where it is bright more than where it is dark. */
function createVeil(stage: Stage, guide: Guide, moment: Moment | null): (x: number, y: number) => Rgb {
  const bend = layerNoise(createNoise(createRandom('veil', stage.width)), 3)
  const { x: moved } = drift(moment, 0.12)
  return (x, y) => {
    const warp = bend(x / 260 + moved, y / 420) * 26
    const sum: Rgb = [0, 0, 0]
    let weight = 0
    for (let step = 0; step < 9; step += 1) {
      const from = y + step * step * 3.2
      const [sx, sy] = [x + warp * (step / 8), Math.min(stage.height - 1, from)]
      const share = (0.25 + guide.lightAt(sx, sy) ** 2) / (1 + step * 0.55)
      toRgb(guide.colorAt(sx, sy)).forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value * share
      })
      weight += share
    }
    const glow = 0.82 + 0.3 * guide.lightAt(x, y)
    return sum.map((value) => Math.min(255, (value / weight) * glow)) as Rgb
  }
}

/** Brightness of the light at a place: noise bent by noise, drawn into folds, strongest along a slanted band. */
function createLight({ width, height, random }: Stage): (x: number, y: number, moment: Moment | null) => number {
  const bend = layerNoise(createNoise(random), 3)
  const detail = layerNoise(createNoise(random), 4)
  const angle = random.between(-0.7, 0.7) + (height > width ? 0.9 : 0)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const folds = random.between(2.2, 3.6)
  const centre = random.between(-0.16, 0.1)
  const reach = Math.max(width, height)
  return (x, y, moment) => {
    const first = drift(moment, 0.11)
    const second = drift(moment, 0.15, 0.4)
    const u = (x - width / 2) / 900
    const v = (y - height * 0.42) / 900
    const along = u * cos + v * sin
    const across = v * cos - u * sin
    const warp = bend(along * 1.3 + first.x, across * 1.3 + first.y)
    const warp2 = bend(along * 1.1 + 7.7 + warp * 1.2 + second.x, across * 1.6 - 3.1 + second.y)
    const phase = across * folds + warp * 1.9 + warp2 * 0.9
    const fold = 0.5 + 0.5 * Math.cos(phase * Math.PI)
    const crest = fold ** 3
    const veil = Math.exp(-(((across - centre + warp * 0.28) / (0.36 + (0.12 * reach) / 1000)) ** 2))
    const rays = detail(along * 6.5 + warp * 3.2 + second.x * 2, across * 0.9 + warp2 * 0.6)
    const soft = Math.max(0, detail(along * 2.2 + warp2, across * 2.2) * 0.5 + 0.5 + rays * 0.34)
    // The lower part stays dark: text stands there.
    const ground = 1 - 0.62 * smoothStep((y / height - 0.58) / 0.3)
    return 0.05 + ground * veil * (0.2 + 0.24 * soft + 0.55 * crest * (0.45 + 0.75 * soft)) + 0.1 * ground * soft * fold
  }
}

function smoothStep(share: number): number {
  const t = Math.min(1, Math.max(0, share))
  return t * t * (3 - 2 * t)
}

function toneTable(colors: readonly Hex[]): Rgb[] {
  return Array.from({ length: TONES }, (_, index) => toRgb(ramp(colors, index / (TONES - 1))))
}

/** Stars stand still and twinkle, and fade where the light is strong. */
function scatterStars({ width, height, random }: Stage) {
  const stars = Array.from({ length: Math.round((width * height) / 3400) }, () => ({
    x: random.between(0, width),
    y: random.between(0, height),
    radius: 0.7 + random.next() ** 9 * 2.2,
    opacity: random.between(0.2, 0.9),
    start: random.next(),
    waves: random.whole(1, 3),
  }))
  return (context: SKRSContext2D, moment: Moment | null, light: (x: number, y: number) => number): void => {
    for (const { x, y, radius, opacity, start, waves } of stars) {
      const twinkle = 1 + 0.35 * sway(moment, start, waves)
      context.fillStyle = fade('#ffffff', Math.min(1, opacity * twinkle * Math.max(0, 1 - light(x, y) * 1.9)))
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.fill()
    }
  }
}
