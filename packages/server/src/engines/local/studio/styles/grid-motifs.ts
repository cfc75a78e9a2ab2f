import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Hex } from '../color.ts'
import type { Random } from '../random.ts'

/** The colours of one place of the grid; its ground is painted already. */
export interface MotifColors {
  first: Hex
  second: Hex
  ground: Hex
  isLarge: boolean
}

/** Draws into the square from 0,0 to 100,100; symmetric enough to be turned by right angles. */
export type Motif = (context: SKRSContext2D, colors: MotifColors) => void

/** Chooses one of the shapes. */
export function pickMotif(random: Random, isLarge: boolean): Motif {
  return random.pick(isLarge ? LARGE : SMALL)
}

/** Chooses a shape for a place of a picture: one that fills a corner, or a quiet one where the picture is flat. */
export function pickMotifOfPicture(random: Random, isFlat: boolean): Motif {
  return random.pick(isFlat ? [leaf, quarter, target] : [quarter, quarter, triangle, leaf])
}

function disc(context: SKRSContext2D, x: number, y: number, radius: number, color: Hex, from = 0, to = 2): void {
  context.fillStyle = color
  context.beginPath()
  context.moveTo(x, y)
  context.arc(x, y, radius, from * Math.PI, to * Math.PI)
  context.closePath()
  context.fill()
}

const quarter: Motif = (context, { first }) => disc(context, 0, 0, 100, first, 0, 0.5)

const quarterRings: Motif = (context, { first, second, ground }) => {
  disc(context, 0, 0, 100, first, 0, 0.5)
  disc(context, 0, 0, 75, ground, 0, 0.5)
  disc(context, 0, 0, 50, second, 0, 0.5)
  disc(context, 0, 0, 25, ground, 0, 0.5)
}

const halves: Motif = (context, { first, second }) => {
  disc(context, 0, 50, 50, first, -0.5, 0.5)
  disc(context, 100, 50, 50, second, 0.5, 1.5)
}

const facing: Motif = (context, { first, second }) => {
  disc(context, 50, 0, 50, first, 0, 1)
  disc(context, 50, 100, 50, second, 1, 2)
}

const target: Motif = (context, { first, second, ground }) => {
  disc(context, 50, 50, 46, first)
  disc(context, 50, 50, 30, ground)
  disc(context, 50, 50, 15, second)
}

const moon: Motif = (context, { first, second }) => {
  disc(context, 50, 50, 42, first)
  // A hair larger, or the first colour would shine through at the edge.
  disc(context, 50, 50, 42.4, second, -0.25, 0.75)
}

const leaf: Motif = (context, { first }) => {
  context.fillStyle = first
  context.beginPath()
  context.moveTo(0, 0)
  context.arc(0, 100, 100, -0.5 * Math.PI, 0)
  context.arc(100, 0, 100, 0.5 * Math.PI, Math.PI)
  context.fill()
}

const triangle: Motif = (context, { first, second }) => {
  context.fillStyle = first
  context.beginPath()
  context.moveTo(0, 0)
  context.lineTo(100, 0)
  context.lineTo(0, 100)
  context.fill()
  disc(context, 72, 72, 14, second)
}

const stripes: Motif = (context, { first }) => {
  context.fillStyle = first
  for (let stripe = 0; stripe < 5; stripe += 1) context.fillRect(0, stripe * 20, 100, 10)
}

const dots: Motif = (context, { first }) => {
  for (let index = 0; index < 16; index += 1) disc(context, 12.5 + (index % 4) * 25, 12.5 + (index >> 2) * 25, 6, first)
}

const cross: Motif = (context, { first, second }) => {
  for (const [x, y] of [
    [0, 0],
    [100, 0],
    [0, 100],
    [100, 100],
  ] as const)
    disc(context, x, y, 50, first)
  disc(context, 50, 50, 16, second)
}

const arch: Motif = (context, { first, second }) => {
  gate(context, 15, 50, first)
  gate(context, 35, 55, second)
}

/** A doorway with a round top, in one path: two shapes that touch would show a hairline between them. */
function gate(context: SKRSContext2D, left: number, springing: number, color: Hex): void {
  context.fillStyle = color
  context.beginPath()
  context.moveTo(left, 100)
  context.arc(50, springing, 50 - left, Math.PI, 2 * Math.PI)
  context.lineTo(100 - left, 100)
  context.fill()
}

const SMALL = [quarter, quarter, quarterRings, halves, facing, target, moon, leaf, leaf, triangle, stripes, dots, cross]
const LARGE = [quarter, quarterRings, halves, target, moon, leaf, arch, facing]
