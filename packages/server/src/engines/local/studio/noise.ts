import type { Random } from './random.ts'

/** Smooth noise over the plane, about -1 to 1, with features about one unit wide. */
export type Noise = (x: number, y: number) => number

const DIRECTIONS = 64

/** Gradient noise with its own table of directions, so that two noises of one picture are unrelated. */
export function createNoise(random: Random): Noise {
  const order = random.shuffle(Array.from({ length: 256 }, (_, index) => index))
  const table = Uint8Array.from([...order, ...order])
  const directions = Float64Array.from({ length: DIRECTIONS * 2 }, (_, index) => {
    const angle = ((index >> 1) / DIRECTIONS) * 2 * Math.PI
    return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle)
  })

  function corner(column: number, row: number, dx: number, dy: number): number {
    const direction = ((table[(table[column & 255] ?? 0) + (row & 255)] ?? 0) % DIRECTIONS) * 2
    return (directions[direction] ?? 0) * dx + (directions[direction + 1] ?? 0) * dy
  }

  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const dx = x - column
    const dy = y - row
    const u = dx * dx * dx * (dx * (dx * 6 - 15) + 10)
    const v = dy * dy * dy * (dy * (dy * 6 - 15) + 10)
    const top = corner(column, row, dx, dy)
    const bottom = corner(column, row + 1, dx, dy - 1)
    const upper = top + u * (corner(column + 1, row, dx - 1, dy) - top)
    const lower = bottom + u * (corner(column + 1, row + 1, dx - 1, dy - 1) - bottom)
    return 1.5 * (upper + v * (lower - upper))
  }
}

/** Adds finer and weaker copies of a noise to itself: the texture of mountains, clouds and smoke. */
export function layerNoise(noise: Noise, octaves: number, gain = 0.5): Noise {
  let total = 0
  for (let octave = 0; octave < octaves; octave += 1) total += gain ** octave
  return (x, y) => {
    let sum = 0
    let strength = 1
    let scale = 1
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += strength * noise(x * scale + octave * 17.3, y * scale - octave * 9.1)
      strength *= gain
      scale *= 2
    }
    return sum / total
  }
}
