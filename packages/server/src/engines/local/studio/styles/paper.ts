import { lighten, ramp } from '../color.ts'
import { createNoise, layerNoise } from '../noise.ts'
import type { Stage, Style } from '../style.ts'
import { traceContours } from './contours.ts'

const CELL = 6
const SHEETS = 11

/** Sheets of cut paper, one above the other like the steps of a landscape, each throwing a shadow on the next. */
export const paperStyle: Style = {
  layout: 'framed',
  grain: 0.12,
  palettes: [
    {
      paper: '#f3eee3',
      ink: '#0f2a3f',
      colors: ['#0b2239', '#14507a', '#4d9bb0', '#bcd9cf', '#f4ead0'],
      moods: ['sea', 'snow'],
    },
    {
      paper: '#f5efe8',
      ink: '#3b1420',
      colors: ['#3b1028', '#8a1f43', '#dd5a4f', '#f6a96b', '#fbe6c4'],
      moods: ['fire', 'dawn'],
    },
    {
      paper: '#f1efe6',
      ink: '#16301f',
      colors: ['#0f2d22', '#2d6147', '#7ea36a', '#cfcf94', '#f5eed0'],
      moods: ['forest'],
    },
    {
      paper: '#f4eeea',
      ink: '#2a1c3e',
      colors: ['#21163a', '#503a7c', '#a26da0', '#e8a6a0', '#fbe5d6'],
      moods: ['blossom'],
    },
    {
      paper: '#f2ede6',
      ink: '#33200f',
      colors: ['#2b1a12', '#7a3f1d', '#c67a35', '#ecbd76', '#f9edd3'],
      moods: ['fire'],
    },
    {
      paper: '#14161c',
      ink: '#f1ece1',
      colors: ['#f6ecd6', '#e9b872', '#c0563f', '#5a2a44', '#1c1c30'],
      moods: ['night'],
    },
  ],
  paint(stage) {
    const { context, width, height, palette, scale } = stage
    const land = createLand(stage)
    context.fillStyle = palette.colors[0] ?? palette.ink
    context.fillRect(0, 0, width, height)
    for (let sheet = 1; sheet < SHEETS; sheet += 1) {
      const path = traceContours({ width, height, cell: CELL, level: sheet / SHEETS, heightAt: land })
      const color = ramp(palette.colors, sheet / (SHEETS - 1))
      context.shadowColor = 'rgba(0, 0, 0, 0.5)'
      context.shadowBlur = 20 * scale
      context.shadowOffsetX = 3 * scale
      context.shadowOffsetY = 7 * scale
      context.fillStyle = color
      context.fill(path, 'evenodd')
      context.shadowColor = 'rgba(0, 0, 0, 0)'
      // The cut edge catches the light.
      context.strokeStyle = lighten(color, 0.05)
      context.lineWidth = 1.1
      context.stroke(path)
    }
  },
}

/** The height of the land, 0 to 1 over the whole picture: hills around a basin off the middle. */
function createLand({ width, height, random }: Stage): (x: number, y: number) => number {
  const noise = layerNoise(createNoise(random), 3, 0.34)
  const wave = random.between(420, 640)
  const basin = { x: width * random.between(0.3, 0.7), y: height * random.between(0.3, 0.7) }
  const [reachX, reachY] = [width * 0.62, height * 0.62]
  const raw = (x: number, y: number): number => {
    const bowl = Math.hypot((x - basin.x) / reachX, (y - basin.y) / reachY)
    return 0.55 * bowl + 0.4 * noise(x / wave, y / wave)
  }
  const [lowest, highest] = measure(raw, width, height)
  // A little above and below the extremes, so that neither the first nor the last sheet is a mere speck.
  return (x, y) => 0.06 + (0.98 * (raw(x, y) - lowest)) / (highest - lowest)
}

function measure(heightAt: (x: number, y: number) => number, width: number, height: number): [number, number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let y = 0; y <= height; y += 20) {
    for (let x = 0; x <= width; x += 20) {
      const value = heightAt(x, y)
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
    }
  }
  return [lowest, highest]
}
