import type { Hex } from '../color.ts'
import type { Random } from '../random.ts'

/** A band of a flat-woven rug, some rows high: says which of its colours a place has. */
export interface Band {
  /** Its first row. */
  from: number
  rows: number
  /** `across` is counted from the middle of the rug. */
  colorAt(across: number, row: number): Hex
  /** How many threads its figure takes until it repeats. */
  repeat: number
  /** Whether it may travel in a film; plain stripes have nowhere to go. */
  isFigured: boolean
}

type Figure = (across: number, down: number, height: number, repeat: number) => number

/** Distance from the nearest middle of a repeat. */
function fold(across: number, repeat: number): number {
  return Math.abs((((across % repeat) + repeat) % repeat) - repeat / 2)
}

/** Figures answer the place of a colour: 0 is the ground. Steps of two threads make the stairs of a slit tapestry. */
const FIGURES: readonly Figure[] = [
  (across, down, height, repeat) => {
    const ring = Math.floor(
      (2 * Math.floor(fold(across, repeat) / 2) * (height / repeat) + Math.abs(down - height / 2)) / (height / 7),
    )
    return [3, 2, 1, 2, 0][Math.min(4, ring)] ?? 0
  },
  (across, down, height, repeat) => {
    const slope = 2 * Math.floor(fold(across, repeat) / 2) * (height / repeat)
    return Math.floor((down + slope) / (height / 4)) % 4
  },
  (across, down, height, repeat) => {
    const reach = repeat / 2 - 2 * Math.floor(((height - down) / height) * (repeat / 4))
    return fold(across, repeat) < repeat / 2 - reach + 1 ? (down > height * 0.62 ? 2 : 1) : 0
  },
  (across, down, height, repeat) => {
    const [x, y] = [2 * Math.floor(fold(across, repeat) / 2), Math.abs(down - height / 2)]
    if (x < repeat * 0.09 || y < height * 0.09) return x < repeat * 0.3 && y < height * 0.38 ? 3 : 0
    return x + y * (repeat / height) < repeat * 0.34 ? 1 : x + y * (repeat / height) < repeat * 0.44 ? 2 : 0
  },
]

/** Lays bands from the middle outward, the same above and below, with narrow stripes between them. */
export function layBands(rows: number, columns: number, colors: readonly Hex[], random: Random): Band[] {
  const half: Omit<Band, 'from'>[] = []
  const middle = makeBand(2 * random.whole(12, 17), columns, colors, random)
  let used = middle.rows / 2
  while (used < rows / 2) {
    const next =
      half.length % 2 === 0 ? makeStripes(colors, random) : makeBand(2 * random.whole(7, 12), columns, colors, random)
    half.push(next)
    used += next.rows
  }
  const start = Math.round(rows / 2 - middle.rows / 2)
  const below = stack(half, start + middle.rows)
  const above = below.map((band) => ({ ...band, from: start - (band.from - start - middle.rows) - band.rows }))
  return [{ ...middle, from: start }, ...below, ...above]
}

function stack(bands: readonly Omit<Band, 'from'>[], start: number): Band[] {
  let from = start
  return bands.map((band) => {
    const placed = { ...band, from }
    from += band.rows
    return placed
  })
}

function makeBand(rows: number, columns: number, colors: readonly Hex[], random: Random): Omit<Band, 'from'> {
  const figure = random.pick(FIGURES)
  const dyes = random.shuffle(colors)
  // A whole number of repeats, so that both edges of the rug look alike.
  const repeat = Math.max(8, 2 * Math.round(columns / Math.max(3, Math.round(columns / (rows * 0.8))) / 2))
  return {
    rows,
    repeat,
    isFigured: true,
    colorAt: (across, row) => dyes[figure(across, row + 0.5, rows, repeat)] ?? '#888888',
  }
}

function makeStripes(colors: readonly Hex[], random: Random): Omit<Band, 'from'> {
  const [a = '#222222', b = '#dddddd', c = '#888888'] = random.shuffle(colors)
  const dyes = [a, a, b, b, b, c, c, b, b, b, a, a]
  return { rows: dyes.length, repeat: 2, isFigured: false, colorAt: (_, row) => dyes[row] ?? a }
}
