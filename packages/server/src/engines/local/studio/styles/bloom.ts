import type { SKRSContext2D } from '@napi-rs/canvas'
import { fade, type Hex, lighten, mix } from '../color.ts'
import type { Guide } from '../guide.ts'
import { createNoise } from '../noise.ts'
import { type Moment, type Painting, type Stage, type Style, sway } from '../style.ts'
import { drawHead, drawLeaf, type Head, pickHead } from './flower-heads.ts'

/** A garden in gouache, pressed on paper. Colours: two of leaves, then those of flowers. */
export const bloomStyle: Style = {
  layout: 'framed',
  grain: 0.12,
  palettes: [
    {
      paper: '#f5efe4',
      ink: '#26352b',
      colors: ['#2f4f3e', '#6f8f6a', '#e0533d', '#f2a65a', '#f4d7c5', '#b23a5b'],
      moods: ['forest', 'dawn'],
    },
    {
      paper: '#f6ece8',
      ink: '#43233a',
      colors: ['#3f5a4c', '#8aa18a', '#e58aa6', '#b05a8c', '#f7d6d0', '#f2b880'],
      moods: ['blossom'],
    },
    {
      paper: '#152028',
      ink: '#f0e8d8',
      colors: ['#5d8a78', '#33564f', '#f2cf87', '#e88d67', '#efe3cf', '#8fb3c9'],
      moods: ['night', 'sea'],
    },
    {
      paper: '#eef1ee',
      ink: '#20343c',
      colors: ['#47656b', '#93aeb0', '#ffffff', '#b9cddb', '#6b8fb3', '#d7c9b3'],
      moods: ['snow', 'sea'],
    },
    {
      paper: '#f7efdd',
      ink: '#43210f',
      colors: ['#5c5a2e', '#9c9350', '#d9481c', '#f09a2a', '#8c2a1c', '#f3d08b'],
      moods: ['fire'],
    },
    {
      paper: '#211622',
      ink: '#f5e6e0',
      colors: ['#6b7f5e', '#3c4f46', '#f29ca3', '#c9567e', '#f6d9b8', '#9a7bc0'],
      moods: ['night', 'blossom'],
    },
  ],
  compose(stage) {
    return stage.guide ? composeMosaic(stage, stage.guide) : composeGarden(stage)
  },
}

const UNDERPAINTING = 12

interface Plant {
  x: number
  height: number
  lean: number
  /** 0 for the farthest, 1 for the nearest. */
  depth: number
  leafColor: Hex
  leaves: { at: number; side: number; size: number; droop: number }[]
  head: Head
  start: number
  ground: number
}

function composeGarden(stage: Stage): Painting {
  const { width, height, palette, random } = stage
  const ground = mix(palette.paper, palette.colors[0] ?? palette.ink, 0.07)
  const sun = {
    x: width * random.between(0.3, 0.7),
    y: height * random.between(0.3, 0.42),
    radius: Math.min(width, height) * 0.25,
  }
  const plants = sow(stage)
  return {
    paint(context, moment) {
      context.fillStyle = ground
      context.fillRect(0, 0, width, height)
      context.fillStyle = fade(palette.colors[4] ?? palette.paper, 0.5)
      context.beginPath()
      context.arc(sun.x, sun.y, sun.radius, 0, 2 * Math.PI)
      context.fill()
      for (const plant of plants) drawPlant(context, plant, moment)
    },
  }
}

/** Three rows; within a row plants keep their distance, so that each head has air around it. */
function sow(stage: Stage): Plant[] {
  const { width, height, palette, random } = stage
  const [dark = '#335544', light = '#779977'] = palette.colors
  const flowers = palette.colors.slice(2)
  const noise = createNoise(random)
  return [0, 0.5, 1].flatMap((depth) => {
    const gap = 66 + 34 * depth
    const count = Math.round(width / gap)
    return Array.from({ length: count }, (_, index): Plant => {
      const x = ((index + 0.5 + random.between(-0.34, 0.34)) / count) * width
      const swell = 0.62 + 0.3 * noise(x / 300, depth * 7) - 0.2 * depth
      const tall = height * Math.max(0.2, swell * random.between(0.82, 1.12)) + 30
      const leafColor = mix(mix(dark, light, random.between(0, 0.8)), palette.paper, 0.46 * (1 - depth))
      const head = pickHead(
        random,
        random.shuffle(flowers).map((color) => mix(color, palette.paper, 0.34 * (1 - depth))),
        leafColor,
      )
      const pairs = random.whole(2, 5)
      const leaves = Array.from({ length: pairs * 2 }, (_, leaf) => ({
        at: 0.16 + (0.56 * (leaf >> 1)) / pairs + (leaf % 2) * 0.04,
        side: leaf % 2 === 0 ? -1 : 1,
        size: (46 + 40 * depth) * random.between(0.7, 1.2) * (1 - (0.4 * (leaf >> 1)) / pairs),
        droop: random.between(0.5, 1.05),
      }))
      return {
        x,
        height: tall,
        lean: random.normal() * 0.09,
        depth,
        leafColor,
        leaves,
        head,
        start: x / width,
        ground: height + 14,
      }
    })
  })
}

function drawPlant(context: SKRSContext2D, plant: Plant, moment: Moment | null): void {
  const lean = plant.lean + (0.035 + 0.02 * plant.depth) * sway(moment, plant.start * 0.8)
  /** The stem at a share of its height: it bends more the higher it is. */
  const at = (share: number) => ({
    x: plant.x + lean * plant.height * share ** 1.8,
    y: plant.ground - plant.height * share,
    angle: Math.atan(lean * 1.8 * share ** 0.8),
  })
  context.strokeStyle = plant.leafColor
  context.lineWidth = 2.6 + 2.4 * plant.depth
  context.lineCap = 'round'
  context.beginPath()
  for (let step = 0; step <= 24; step += 1) {
    const { x, y } = at(step / 24)
    context.lineTo(x, y)
  }
  context.stroke()
  for (const { at: share, side, size, droop } of plant.leaves) {
    const { x, y, angle } = at(share)
    context.save()
    context.translate(x, y)
    context.rotate(angle + side * droop + 0.04 * sway(moment, plant.start + share))
    drawLeaf(context, size, size * 0.3, plant.leafColor)
    context.restore()
  }
  const top = at(1)
  context.save()
  context.translate(top.x, top.y)
  context.rotate(top.angle)
  const size = 0.72 + 0.5 * plant.depth
  context.scale(size, size)
  drawHead(context, plant.head, moment, plant.start)
  context.restore()
}

/** A given picture in petals: large ones where it is flat, small ones along its edges, each in the colour below it. */
function composeMosaic({ width, height, palette, random }: Stage, guide: Guide): Painting {
  const bend = createNoise(random)
  const area = (width * height) / 1_000_000
  const petals = [
    { size: 44, count: 2200 },
    { size: 27, count: 5200 },
    { size: 15, count: 12_000 },
  ].flatMap(({ size, count }) =>
    Array.from({ length: Math.round(count * area) }, () => {
      const [x, y] = [random.between(0, width), random.between(0, height)]
      const slope = guide.slopeAt(x, y)
      const steep = Math.hypot(slope.x, slope.y)
      const angle = steep > 0.12 ? Math.atan2(slope.x, -slope.y) : bend(x / 260, y / 260) * 2.4
      const color = lighten(guide.colorAt(x, y), random.normal() * 0.02)
      return { x, y, size: size * random.between(0.75, 1.2), angle, color, steep, start: random.next() }
    }).filter(({ steep }) => size > 40 || steep > (size > 20 ? 0.1 : 0.32) || random.chance(0.06)),
  )
  return {
    paint(context, moment) {
      context.fillStyle = palette.paper
      context.fillRect(0, 0, width, height)
      // An underpainting, so that no paper shines through between petals.
      for (let y = 0; y < height; y += UNDERPAINTING) {
        for (let x = 0; x < width; x += UNDERPAINTING) {
          context.fillStyle = lighten(guide.colorAt(x + UNDERPAINTING / 2, y + UNDERPAINTING / 2), -0.03)
          context.fillRect(x, y, UNDERPAINTING + 1, UNDERPAINTING + 1)
        }
      }
      for (const { x, y, size, angle, color, start } of petals) {
        context.save()
        context.translate(x, y)
        context.rotate(angle + Math.PI / 2 + 0.12 * sway(moment, start))
        context.translate(0, size / 2)
        drawLeaf(context, size, size * 0.36, color)
        context.restore()
      }
    },
  }
}
