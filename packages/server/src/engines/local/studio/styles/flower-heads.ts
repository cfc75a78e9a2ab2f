import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Hex, lighten } from '../color.ts'
import type { Random } from '../random.ts'
import { type Moment, sway } from '../style.ts'

/** What stands on a stem. */
export interface Head {
  kind: 'daisy' | 'tulip' | 'umbel' | 'poppy' | 'spike' | 'fern'
  color: Hex
  other: Hex
  heart: Hex
  leaf: Hex
  /** Petals, rays or pairs. */
  count: number
  size: number
}

const KINDS: readonly Head['kind'][] = ['daisy', 'daisy', 'tulip', 'umbel', 'poppy', 'spike', 'fern']

/** Chooses a flower and its colours. */
export function pickHead(random: Random, colors: readonly Hex[], leaf: Hex): Head {
  const [color = '#cc5544', other = '#ffcc88', heart = '#553322'] = colors
  const kind = random.pick(KINDS)
  return { kind, color, other, heart, leaf, count: random.whole(9, 15), size: random.between(34, 52) }
}

/** Draws a flower with its foot at 0,0, growing upward; in a film its petals open and close a little. */
export function drawHead(context: SKRSContext2D, head: Head, moment: Moment | null, start: number): void {
  const breath = 1 + 0.05 * sway(moment, start * 3)
  context.save()
  context.scale(breath, breath)
  HEADS[head.kind](context, head)
  context.restore()
}

/** A leaf or petal from 0,0 upward, with a lighter half. */
export function drawLeaf(context: SKRSContext2D, length: number, breadth: number, color: Hex): void {
  context.fillStyle = color
  context.beginPath()
  context.moveTo(0, 0)
  context.bezierCurveTo(breadth, -length * 0.3, breadth * 0.8, -length * 0.75, 0, -length)
  context.bezierCurveTo(-breadth * 0.8, -length * 0.75, -breadth, -length * 0.3, 0, 0)
  context.fill()
  context.fillStyle = lighten(color, 0.045)
  context.beginPath()
  context.moveTo(0, 0)
  context.bezierCurveTo(breadth, -length * 0.3, breadth * 0.8, -length * 0.75, 0, -length)
  context.quadraticCurveTo(breadth * 0.06, -length * 0.5, 0, 0)
  context.fill()
}

function disc(context: SKRSContext2D, x: number, y: number, radius: number, color: Hex): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

/** Does it at even angles around the middle. */
function around(context: SKRSContext2D, count: number, draw: (index: number) => void): void {
  for (let index = 0; index < count; index += 1) {
    context.save()
    context.rotate((index / count) * 2 * Math.PI)
    draw(index)
    context.restore()
  }
}

const HEADS: Record<Head['kind'], (context: SKRSContext2D, head: Head) => void> = {
  daisy(context, { color, other, heart, count, size }) {
    around(context, count, () => drawLeaf(context, size * 1.12, size * 0.23, color))
    around(context, count, (index) => {
      if (index % 2 === 0) drawLeaf(context, size * 0.74, size * 0.16, lighten(color, -0.05))
    })
    disc(context, 0, 0, size * 0.31, heart)
    disc(context, 0, 0, size * 0.2, other)
  },
  tulip(context, { color, other, size }) {
    for (const [turn, tone] of [
      [-0.42, lighten(color, -0.05)],
      [0.42, lighten(color, -0.05)],
      [0, color],
    ] as const) {
      context.save()
      context.rotate(turn)
      drawLeaf(context, size * 1.7, size * 0.62, tone)
      context.restore()
    }
    context.save()
    drawLeaf(context, size * 0.9, size * 0.2, other)
    context.restore()
  },
  umbel(context, { color, other, leaf, count, size }) {
    for (let ray = 0; ray < count; ray += 1) {
      const angle = ((ray + 0.5) / count - 0.5) * 2.5
      const length = size * (1.5 + 0.24 * Math.cos(angle * 1.2)) * (ray % 2 === 0 ? 1 : 0.84)
      const [x, y] = [Math.sin(angle) * length, -Math.cos(angle) * length]
      context.strokeStyle = leaf
      context.lineWidth = 1.7
      context.beginPath()
      context.moveTo(0, 0)
      context.quadraticCurveTo(x * 0.35, y * 0.72, x, y)
      context.stroke()
      for (let seed = 0; seed < 7; seed += 1) {
        const spot = seed * 2.4
        disc(
          context,
          x + Math.cos(spot) * seed * 1.5,
          y + Math.sin(spot) * seed * 1.5,
          3.6,
          seed % 2 === 0 ? color : other,
        )
      }
    }
  },
  poppy(context, { color, heart, other, size }) {
    for (const [turn, tone] of [
      [-1.15, lighten(color, -0.06)],
      [1.15, lighten(color, -0.06)],
      [-0.45, color],
      [0.45, lighten(color, 0.03)],
    ] as const) {
      context.save()
      context.rotate(turn)
      drawLeaf(context, size * 1.35, size * 0.86, tone)
      context.restore()
    }
    disc(context, 0, -size * 0.34, size * 0.27, heart)
    context.save()
    context.translate(0, -size * 0.34)
    around(context, 12, () => disc(context, 0, -size * 0.36, 1.9, other))
    context.restore()
  },
  spike(context, { color, other, count, size }) {
    for (let pair = 0; pair < count; pair += 1) {
      const share = pair / count
      const y = -pair * size * 0.21
      const breadth = size * 0.34 * (1 - share ** 1.6 * 0.8)
      for (const side of [-1, 1]) {
        context.save()
        context.translate(0, y)
        context.rotate(side * (1.05 - share * 0.5))
        drawLeaf(context, breadth * 1.5, breadth * 0.52, (pair + (side > 0 ? 1 : 0)) % 3 === 0 ? other : color)
        context.restore()
      }
    }
  },
  fern(context, { leaf, count, size }) {
    const color = lighten(leaf, 0.05)
    for (let pair = 0; pair < count; pair += 1) {
      const share = pair / count
      for (const side of [-1, 1]) {
        context.save()
        context.translate(0, -pair * size * 0.2)
        context.rotate(side * (1.2 - share * 0.75))
        drawLeaf(context, size * (1.05 - 0.85 * share), size * 0.15 * (1.1 - share * 0.6), color)
        context.restore()
      }
    }
  },
}
