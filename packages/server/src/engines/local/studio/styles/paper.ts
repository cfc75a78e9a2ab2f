import type { Path2D, SKRSContext2D } from '@napi-rs/canvas'
import { fromRgb, type Hex, lighten, lightness, type Rgb, ramp, toRgb } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise, layerNoise } from '../noise.ts'
import { drift, type Moment, type Stage, type Style, sway } from '../style.ts'
import { sampleLand, traceContours } from './contours.ts'

const CELL = 6
/** While it moves, the eye sees less. */
const MOVING_CELL = 9
const SHEETS = 11
/** A face needs more steps than a landscape. */
const SHEETS_OF_PICTURE = 15

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
  compose(stage) {
    const { width, height, palette, scale, guide } = stage
    const heightAt = guide ? landOfPicture(guide) : createLand(stage)
    const sheets = guide ? SHEETS_OF_PICTURE : SHEETS
    const colorOf = guide ? colorsOfPicture(stage, guide, sheets) : (share: number) => ramp(palette.colors, share)
    const deepest = guide ? colorOf(0) : (palette.colors[0] ?? palette.ink)
    return {
      paint(context, moment) {
        const land = sampleLand(stage, moment === null ? CELL : MOVING_CELL, (x, y) => heightAt(x, y, moment))
        context.fillStyle = deepest
        context.fillRect(0, 0, width, height)
        for (let sheet = 1; sheet < sheets; sheet += 1) {
          const path = traceContours(land, sheet / sheets)
          const color = colorOf(sheet / (sheets - 1))
          context.fillStyle = color
          if (moment === null) fillWithShadow(context, path, guide ? 9 : 20, scale)
          else fillAboveStrokes(context, path)
          // The cut edge catches the light.
          context.strokeStyle = lighten(color, 0.05)
          context.lineWidth = 1.1
          context.stroke(path)
        }
      },
    }
  },
}

/** A soft shadow, deeper below. */
function fillWithShadow(context: SKRSContext2D, path: Path2D, blur: number, scale: number): void {
  context.shadowColor = 'rgba(0, 0, 0, 0.46)'
  context.shadowBlur = blur * scale
  context.shadowOffsetX = 3 * scale
  context.shadowOffsetY = 0.36 * blur * scale
  context.fill(path, 'evenodd')
  context.shadowColor = 'rgba(0, 0, 0, 0)'
}

/** The same from ever narrower lines, ten times as fast; the eye does not see the difference while it moves. */
function fillAboveStrokes(context: SKRSContext2D, path: Path2D): void {
  context.save()
  context.translate(3, 7)
  context.lineJoin = 'round'
  context.strokeStyle = 'rgba(0, 0, 0, 0.085)'
  for (const breadth of [30, 22, 14, 7]) {
    context.lineWidth = breadth
    context.stroke(path)
  }
  context.restore()
  context.fill(path, 'evenodd')
}

type HeightAt = (x: number, y: number, moment: Moment | null) => number

/** The lightness of a picture as a landscape, softened so that the sheets have no frayed edges. */
function landOfPicture(guide: Guide): HeightAt {
  const soft = createSoftLight(guide, 7)
  return (x, y, moment) => 0.02 + 0.96 * soft(x, y) + 0.03 * sway(moment, x / 900 + y / 1400)
}

function createSoftLight(guide: Guide, reach: number): (x: number, y: number) => number {
  return (x, y) => {
    let sum = 0
    for (let down = -2; down <= 2; down += 1) {
      for (let across = -2; across <= 2; across += 1) sum += guide.lightAt(x + across * reach, y + down * reach)
    }
    return sum / 25
  }
}

/** The mean colour of the picture at each level. */
function colorsOfPicture({ width, height, palette }: Stage, guide: Guide, sheets: number): (share: number) => Hex {
  const sums = Array.from({ length: sheets }, () => ({ count: 0, color: [0, 0, 0] as Rgb }))
  for (let y = 0; y < height; y += 8) {
    for (let x = 0; x < width; x += 8) {
      const sum = sums[Math.min(sheets - 1, Math.floor(guide.lightAt(x, y) * sheets))]
      if (!sum) continue
      sum.count += 1
      toRgb(guide.colorAt(x, y)).forEach((value, channel) => {
        sum.color[channel] = (sum.color[channel] ?? 0) + value
      })
    }
  }
  const tones = [...palette.colors].sort((a, b) => lightness(a) - lightness(b))
  const colors = sums.map(({ count, color }, sheet) =>
    count > 0 ? fromRgb(color.map((value) => value / count) as Rgb) : ramp(tones, sheet / (sheets - 1)),
  )
  return (share) => colors[Math.round(share * (sheets - 1))] ?? palette.paper
}

/** The height of the land, 0 to 1 over the whole picture: hills around a basin off the middle. */
function createLand({ width, height, random }: Stage): HeightAt {
  const noise = layerNoise(createNoise(random), 3, 0.34)
  const wave = random.between(420, 640)
  const basin = { x: width * random.between(0.3, 0.7), y: height * random.between(0.3, 0.7) }
  const [reachX, reachY] = [width * 0.62, height * 0.62]
  const raw: HeightAt = (x, y, moment) => {
    const moved = drift(moment, 0.045)
    const bowl = Math.hypot((x - basin.x) / reachX, (y - basin.y) / reachY)
    return 0.55 * bowl + 0.4 * noise(x / wave + moved.x, y / wave + moved.y)
  }
  const [lowest, highest] = measure((x, y) => raw(x, y, null), width, height)
  // A little above and below the extremes, so that neither the first nor the last sheet is a mere speck.
  return (x, y, moment) => 0.06 + (0.98 * (raw(x, y, moment) - lowest)) / (highest - lowest)
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
