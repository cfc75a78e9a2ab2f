import { createCanvas } from '@napi-rs/canvas'
import { fade, type Hex, type Rgb, ramp, toRgb } from '../color.ts'
import { createNoise, layerNoise } from '../noise.ts'
import type { Stage, Style } from '../style.ts'

/** The field is soft, so a coarse raster enlarged smoothly looks the same as a fine one. */
const RASTER = 420
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
  paint(stage) {
    const { context, width, height } = stage
    const columns = Math.round((RASTER * width) / Math.min(width, height))
    const rows = Math.round((RASTER * height) / Math.min(width, height))
    const sheet = createCanvas(columns, rows)
    const sheetContext = sheet.getContext('2d')
    const pixels = sheetContext.createImageData(columns, rows)
    const light = createLight(stage)
    const tones = toneTable(stage.palette.colors)
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const value = light(((column + 0.5) / columns) * width, ((row + 0.5) / rows) * height)
        const tone = tones[Math.min(TONES - 1, Math.max(0, Math.floor(value * TONES)))] ?? [0, 0, 0]
        const index = (row * columns + column) * 4
        pixels.data[index] = tone[0]
        pixels.data[index + 1] = tone[1]
        pixels.data[index + 2] = tone[2]
        pixels.data[index + 3] = 255
      }
    }
    sheetContext.putImageData(pixels, 0, 0)
    context.imageSmoothingQuality = 'high'
    context.drawImage(sheet, 0, 0, width, height)
    paintStars(stage, light)
  },
}

/** Brightness of the light at a place: noise bent by noise, drawn into folds, strongest along a slanted band. */
function createLight({ width, height, random }: Stage): (x: number, y: number) => number {
  const bend = layerNoise(createNoise(random), 3)
  const detail = layerNoise(createNoise(random), 4)
  const angle = random.between(-0.7, 0.7) + (height > width ? 0.9 : 0)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const folds = random.between(2.2, 3.6)
  const centre = random.between(-0.16, 0.1)
  const reach = Math.max(width, height)
  return (x, y) => {
    const u = (x - width / 2) / 900
    const v = (y - height * 0.42) / 900
    const along = u * cos + v * sin
    const across = v * cos - u * sin
    const warp = bend(along * 1.3, across * 1.3)
    const warp2 = bend(along * 1.1 + 7.7 + warp * 1.2, across * 1.6 - 3.1)
    const phase = across * folds + warp * 1.9 + warp2 * 0.9
    const fold = 0.5 + 0.5 * Math.cos(phase * Math.PI)
    const crest = fold ** 3
    const veil = Math.exp(-(((across - centre + warp * 0.28) / (0.36 + (0.12 * reach) / 1000)) ** 2))
    const rays = detail(along * 6.5 + warp * 3.2, across * 0.9 + warp2 * 0.6)
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

function paintStars({ context, width, height, random }: Stage, light: (x: number, y: number) => number): void {
  const count = Math.round((width * height) / 3400)
  for (let star = 0; star < count; star += 1) {
    const x = random.between(0, width)
    const y = random.between(0, height)
    const radius = 0.7 + random.next() ** 9 * 2.2
    const opacity = random.between(0.2, 0.9) * Math.max(0, 1 - light(x, y) * 1.9)
    context.fillStyle = fade('#ffffff', opacity)
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fill()
  }
}
