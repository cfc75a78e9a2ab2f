import type { SKRSContext2D } from '@napi-rs/canvas'
import { createNoise } from '../noise.ts'
import { drift, type Moment, type Stage, sway } from '../style.ts'

/** One shape of a print, in one ink. */
export interface PrintShape {
  /** Place of the ink among the colours. */
  ink: 0 | 1 | 2
  trace(context: SKRSContext2D, moment: Moment | null): void
  /** How much ink there is at a place, 0 to 1, in dots; null prints it solid. */
  coverage: ((x: number, y: number) => number) | null
  /** Where its dots lie at most, at any moment; the whole stage when absent. */
  bounds?: { x: number; y: number; width: number; height: number }
  /** Whether its outline changes with the moment; the dots within never do. */
  moves?: true
}

/** One of the compositions. */
export function composePrint(stage: Stage): PrintShape[] {
  return stage.random.pick([sunAndWaves, arches, fruit, sunAndWaves])(stage)
}

function circle(context: SKRSContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x + radius, y)
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.closePath()
}

/** A great sun over hills that fade into each other, with the sky in fine dots. */
function sunAndWaves({ width, height, random }: Stage): PrintShape[] {
  const short = Math.min(width, height)
  const sun = { x: width * random.between(0.34, 0.66), y: height * random.between(0.34, 0.42), radius: short * 0.27 }
  const hills = Array.from({ length: 4 }, (_, index) => {
    const noise = createNoise(random)
    const base = height * (0.5 + 0.135 * index)
    const lift = height * random.between(0.07, 0.13)
    const wave = random.between(300, 520)
    return { base, lift, at: (x: number, moved: number) => base - lift * (noise(x / wave + moved, index) + 0.35) }
  })
  const sunShape: PrintShape = {
    ink: 0,
    moves: true,
    trace: (context, moment) => circle(context, sun.x, sun.y + drift(moment, 20, 0.25).x, sun.radius),
    coverage: (_, y) => 1.02 - Math.max(0, (y - sun.y + sun.radius * 0.55) / (sun.radius * 1.9)) ** 1.3,
    bounds: { x: sun.x - sun.radius, y: sun.y - sun.radius * 1.4, width: 2 * sun.radius, height: 2.8 * sun.radius },
  }
  const sky: PrintShape = {
    ink: 2,
    trace: (context) => context.rect(0, 0, width, height),
    coverage: (_, y) => 0.34 * (1 - y / (height * 0.72)),
  }
  const land = hills.map(({ base, lift, at }, index): PrintShape => {
    const ink = ([1, 2, 0, 1] as const)[index] ?? 1
    return {
      ink,
      moves: true,
      trace(context, moment) {
        const moved = drift(moment, 0.03 * (index + 1)).x
        context.moveTo(-9, height + 9)
        for (let x = -9; x <= width + 9; x += 6) context.lineTo(x, at(x, moved))
        context.lineTo(width + 9, height + 9)
        context.closePath()
      },
      coverage: index === 3 ? null : (_, y) => 0.92 - ((y - base + lift) / (height * 0.3)) * 0.85,
      bounds: { x: 0, y: base - 1.4 * lift, width, height: height * 0.34 + lift },
    }
  })
  return [sky, sunShape, ...land]
}

/** Nested arches, a stair and a ball. */
function arches({ width, height, random }: Stage): PrintShape[] {
  const short = Math.min(width, height)
  const ground = height * random.between(0.8, 0.86)
  const side = random.pick([-1, 1])
  const middle = width / 2 - side * short * 0.1
  const gate = (inset: number) => (context: SKRSContext2D) => {
    const half = short * (0.34 - inset)
    const top = Math.max(ground - short * 0.72, height * 0.1) + short * 0.34
    context.moveTo(middle - half, ground)
    context.lineTo(middle - half, top)
    context.arc(middle, top, half, Math.PI, 2 * Math.PI)
    context.lineTo(middle + half, ground)
    context.closePath()
  }
  const steps = 5
  const tread = short * 0.085
  const stair: PrintShape = {
    ink: 1,
    trace(context) {
      const start = middle + side * short * 0.05
      context.moveTo(start, ground)
      for (let step = 0; step < steps; step += 1) {
        context.lineTo(start + side * step * tread, ground - (step + 1) * tread)
        context.lineTo(start + side * (step + 1) * tread, ground - (step + 1) * tread)
      }
      context.lineTo(start + side * steps * tread, ground)
      context.closePath()
    },
    coverage: null,
  }
  const ball: PrintShape = {
    ink: 0,
    moves: true,
    trace(context, moment) {
      const hop =
        moment === null ? 0 : Math.abs(sway(moment, 0, Math.max(1, Math.round(moment.seconds / 2)))) * short * 0.09
      circle(context, middle + side * tread * 3.4, ground - 5 * tread - short * 0.075 - hop + tread, short * 0.075)
    },
    coverage: null,
  }
  const moon: PrintShape = {
    ink: 2,
    moves: true,
    trace(context, moment) {
      const way = drift(moment, 14)
      circle(context, middle - side * short * 0.3 + side * way.x, height * 0.24 + way.y, short * 0.13)
    },
    coverage: null,
  }
  const floor: PrintShape = {
    ink: 2,
    trace: (context) => context.rect(-9, ground, width + 18, height - ground + 9),
    coverage: (_, y) => 0.95 - ((y - ground) / (height - ground)) * 0.6,
    bounds: { x: 0, y: ground, width, height: height - ground },
  }
  const fadeDown = (from: number, to: number) => (_: number, y: number) => from + ((to - from) * y) / ground
  const wall: PrintShape = {
    ink: 1,
    trace: (context) => context.rect(-9, -9, width + 18, ground + 9),
    coverage: (_, y) => 0.05 + 0.2 * (1 - y / ground),
  }
  return [
    ...[wall, moon],
    { ink: 0, trace: gate(0), coverage: fadeDown(1.1, 0.35) },
    { ink: 2, trace: gate(0.085), coverage: null },
    { ink: 1, trace: gate(0.17), coverage: fadeDown(0.2, 1.05) },
    ...[floor, stair, ball],
  ]
}

/** A bowl of fruit on a table. */
function fruit({ width, height, random }: Stage): PrintShape[] {
  const short = Math.min(width, height)
  const middle = width * random.between(0.45, 0.55)
  const table = height * random.between(0.64, 0.7)
  const rim = table - short * 0.03
  const half = short * 0.31
  const shapes: PrintShape[] = [
    { ink: 2, trace: (context) => context.rect(-9, table, width + 18, height), coverage: null },
    {
      ink: 0,
      trace: (context) => context.rect(-9, -9, width + 18, table + 9),
      coverage: (_, y) => 0.3 * (1 - y / table),
    },
  ]
  const places = [-0.68, -0.24, 0.22, 0.66]
  for (const [index, place] of [...places, -0.42, 0.04, 0.46].entries()) {
    const radius = short * random.between(0.088, 0.112)
    const x = middle + place * half
    const y = rim - radius * (index < places.length ? 0.62 : 1.9) + short * 0.02
    const [start, turn] = [random.next(), random.between(-0.9, 0.3)]
    shapes.push({
      ink: random.pick([0, 0, 2, 1] as const),
      moves: true,
      trace: (context, moment) => circle(context, x, y + 9 * sway(moment, start), radius),
      // Lit from the upper left.
      coverage: (px, py) => 0.42 + 0.6 * (((px - x) * 0.6 + (py - y) * 0.8) / radius),
      bounds: { x: x - radius, y: y - radius - 9, width: 2 * radius, height: 2 * radius + 18 },
    })
    shapes.push({
      ink: 1,
      moves: true,
      trace: (context, moment) => leaf(context, x, y - radius * 0.92 + 9 * sway(moment, start), radius * 0.8, turn),
      coverage: null,
    })
  }
  const bowl = (context: SKRSContext2D): void => {
    context.moveTo(middle - half * 1.12, rim)
    context.lineTo(middle + half * 1.12, rim)
    context.bezierCurveTo(
      middle + half,
      rim + short * 0.25,
      middle + half * 0.4,
      rim + short * 0.27,
      middle,
      rim + short * 0.27,
    )
    context.bezierCurveTo(
      middle - half * 0.4,
      rim + short * 0.27,
      middle - half,
      rim + short * 0.25,
      middle - half * 1.12,
      rim,
    )
    context.closePath()
  }
  const shadow = (context: SKRSContext2D): void => {
    context.ellipse(middle + short * 0.06, rim + short * 0.285, half * 0.95, short * 0.035, 0, 0, 2 * Math.PI)
  }
  return [
    ...shapes,
    {
      ...{ ink: 1, trace: shadow, coverage: () => 0.55 },
      bounds: { x: middle - half, y: rim + short * 0.24, width: half * 2.2, height: short * 0.09 },
    },
    { ink: 1, trace: bowl, coverage: null },
  ]
}

function leaf(context: SKRSContext2D, x: number, y: number, length: number, angle: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const at = (along: number, across: number): [number, number] => [
    x + length * (along * cos - across * sin),
    y + length * (along * sin + across * cos),
  ]
  context.moveTo(...at(0, 0))
  context.quadraticCurveTo(...at(0.5, -0.42), ...at(1, 0))
  context.quadraticCurveTo(...at(0.5, 0.3), ...at(0, 0))
  context.closePath()
}
