import type { SKRSContext2D } from '@napi-rs/canvas'
import { fade, type Hex, lighten } from '../color.ts'
import type { Random } from '../random.ts'
import { type Moment, sway } from '../style.ts'

/** A planet on its orbit. */
export interface Planet {
  /** Of the orbit. */
  radius: number
  /** Where it stands at the beginning. */
  angle: number
  size: number
  color: Hex
  other: Hex
  look: 'plain' | 'banded' | 'ringed'
  moons: { away: number; size: number; start: number }[]
}

/** Chooses size, look and moons; `outness` grows to 1 for the outermost orbit, where planets are larger. */
export function planPlanet(random: Random, radius: number, outness: number, colors: readonly Hex[]): Planet {
  const size = random.between(8, 15) + outness * random.between(4, 20)
  const [color = '#888888', other = '#444444'] = random.shuffle(colors)
  const moons = Array.from({ length: size > 18 ? random.whole(0, 3) : random.whole(0, 1) }, (_, index) => ({
    away: size + 10 + index * 8,
    size: random.between(1.8, 3.4),
    start: random.next(),
  }))
  const look =
    size > 20 ? random.pick(['banded', 'ringed', 'banded'] as const) : random.pick(['plain', 'banded'] as const)
  return { radius, angle: random.between(0, 2 * Math.PI), size, color, other, look, moons }
}

interface Point {
  x: number
  y: number
}

/** Draws a planet at its place: lit from the sun, with its bands, ring and moons. */
export function drawPlanet(
  context: SKRSContext2D,
  planet: Planet,
  place: Point,
  sun: Point,
  colors: { ground: Hex; line: Hex },
  moment: Moment | null,
): void {
  const { size, color, other, look, moons } = planet
  context.save()
  context.translate(place.x, place.y)
  disc(context, 0, 0, size + 5, colors.ground)
  for (const { away, size: moon, start } of moons) {
    context.strokeStyle = fade(colors.line, 0.5)
    context.lineWidth = 0.8
    context.beginPath()
    context.arc(0, 0, away, 0, 2 * Math.PI)
    context.stroke()
    const angle = (start + (moment === null ? 0 : moment.turn * 2)) * 2 * Math.PI
    disc(context, Math.cos(angle) * away, Math.sin(angle) * away, moon, colors.line)
  }
  context.save()
  context.rotate(-0.4)
  if (look === 'ringed') ellipse(context, size * 1.85, size * 0.52, fade(other, 0.95), 3.4)
  context.beginPath()
  context.arc(0, 0, size, 0, 2 * Math.PI)
  context.clip()
  context.fillStyle = color
  context.fillRect(-size, -size, 2 * size, 2 * size)
  if (look !== 'plain') {
    for (const [at, breadth] of [
      [-0.55, 0.16],
      [-0.12, 0.3],
      [0.42, 0.2],
    ] as const) {
      context.fillStyle = at === -0.12 ? other : lighten(color, -0.07)
      context.fillRect(-size, (at + 0.03 * sway(moment, at)) * size, 2 * size, breadth * size)
    }
  }
  context.restore()
  shade(context, size, Math.atan2(sun.y - place.y, sun.x - place.x))
  if (look === 'ringed') {
    context.rotate(-0.4)
    // The front half of the ring passes before the planet.
    context.beginPath()
    context.ellipse(0, 0, size * 1.85, size * 0.52, 0, 0, Math.PI)
    context.strokeStyle = other
    context.lineWidth = 3.4
    context.stroke()
  }
  context.restore()
}

/** The night side, with a soft edge. */
function shade(context: SKRSContext2D, size: number, toSun: number): void {
  context.save()
  context.beginPath()
  context.arc(0, 0, size, 0, 2 * Math.PI)
  context.clip()
  const [x, y] = [Math.cos(toSun) * size * 0.75, Math.sin(toSun) * size * 0.75]
  const night = context.createRadialGradient(x, y, size * 0.55, x, y, size * 1.6)
  night.addColorStop(0, 'rgba(0, 0, 0, 0)')
  night.addColorStop(0.45, 'rgba(0, 0, 0, 0.12)')
  night.addColorStop(1, 'rgba(0, 0, 0, 0.66)')
  context.fillStyle = night
  context.fillRect(-size, -size, 2 * size, 2 * size)
  context.restore()
}

function disc(context: SKRSContext2D, x: number, y: number, radius: number, color: Hex): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

function ellipse(context: SKRSContext2D, across: number, down: number, color: string, breadth: number): void {
  context.beginPath()
  context.ellipse(0, 0, across, down, 0, 0, 2 * Math.PI)
  context.strokeStyle = color
  context.lineWidth = breadth
  context.stroke()
}
