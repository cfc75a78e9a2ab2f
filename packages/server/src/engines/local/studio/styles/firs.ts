import { Path2D } from '@napi-rs/canvas'
import { createNoise } from '../noise.ts'
import type { Random } from '../random.ts'

/** Where firs grow. */
export interface FirOptions {
  from: number
  to: number
  /** The height of the ground, downward. */
  profile(x: number): number
  /** 0 for the farthest range and 1 for the nearest, whose firs are tallest. */
  depth: number
  random: Random
}

/** Firs along the crest of a range, in groups with clearings. */
export function plantFirs({ from, to, profile, depth, random }: FirOptions): Path2D {
  const groves = createNoise(random)
  const tall = 10 + 34 * (depth - 0.55) * 2
  const path = new Path2D()
  for (let x = from; x < to; x += tall * random.between(0.12, 0.34)) {
    const density = groves(x / 170, depth * 3) * 0.9 + 0.25
    if (random.next() > density) continue
    const size = tall * random.between(0.45, 1.15) * (0.6 + Math.min(0.5, density))
    addFir(path, x, profile(x) + size * 0.22, size)
  }
  return path
}

function addFir(path: Path2D, x: number, ground: number, size: number): void {
  path.moveTo(x, ground - size)
  for (let tier = 1; tier <= 4; tier += 1) {
    const y = ground - size + (size * tier) / 4
    const reach = size * 0.055 * (tier + 0.6)
    path.lineTo(x + reach, y)
    path.lineTo(x + reach * 0.5, y - size * 0.02)
  }
  for (let tier = 4; tier >= 1; tier -= 1) {
    const y = ground - size + (size * tier) / 4
    const reach = size * 0.055 * (tier + 0.6)
    path.lineTo(x - reach * 0.5, y - size * 0.02)
    path.lineTo(x - reach, y)
  }
  path.closePath()
}
