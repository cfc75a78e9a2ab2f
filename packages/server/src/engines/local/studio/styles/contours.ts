import { Path2D } from '@napi-rs/canvas'

/** A landscape sampled at the crossings of a grid, with a border outside in which nothing is high. */
export interface Land {
  columns: number
  rows: number
  /** The distance of the sampled points. */
  cell: number
  heights: Float64Array
}

/** Samples a landscape once, to be cut at any number of levels. */
export function sampleLand(
  { width, height }: { width: number; height: number },
  cell: number,
  heightAt: (x: number, y: number) => number,
): Land {
  const columns = Math.ceil(width / cell) + 3
  const rows = Math.ceil(height / cell) + 3
  const heights = new Float64Array(columns * rows).fill(Number.NEGATIVE_INFINITY)
  for (let row = 1; row < rows - 1; row += 1) {
    for (let column = 1; column < columns - 1; column += 1) {
      heights[row * columns + column] = heightAt((column - 1) * cell, (row - 1) * cell)
    }
  }
  return { columns, rows, cell, heights }
}

interface Point {
  x: number
  y: number
}

/**
 * The outlines of everything higher than a level, as closed curves to be filled with the even-odd rule (marching
 * squares). Outside the rectangle nothing is high, so that all curves close.
 */
export function traceContours(land: Land, level: number): Path2D {
  const nextOf = collectSegments(land, level)
  const path = new Path2D()
  for (const start of nextOf.keys()) {
    const points: Point[] = []
    let key: number | undefined = start
    while (key !== undefined) {
      const segment = nextOf.get(key)
      if (!segment) break
      nextOf.delete(key)
      points.push(segment.from)
      key = segment.to
    }
    if (points.length > 2) addCurve(path, points)
  }
  return path
}

/** Through the middles of the segments, with their ends as handles: smooth at any resolution. */
function addCurve(path: Path2D, points: readonly Point[]): void {
  const middle = (index: number): Point => {
    const a = points[index % points.length] ?? { x: 0, y: 0 }
    const b = points[(index + 1) % points.length] ?? a
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  }
  const first = middle(points.length - 1)
  path.moveTo(first.x, first.y)
  points.forEach((point, index) => {
    const end = middle(index)
    path.quadraticCurveTo(point.x, point.y, end.x, end.y)
  })
  path.closePath()
}

/** Corners of a cell in the order top left, top right, bottom right, bottom left; edges likewise from the top. */
const EDGES: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
]

/** All segments, by the cell edge they start on; high ground lies on the same side of each. */
function collectSegments({ columns, rows, cell, heights }: Land, level: number) {
  const values = heights.map((height) => Math.max(-1, height - level))
  const segments = new Map<number, { from: Point; to: number }>()
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const corner = row * columns + column
      const corners = [corner, corner + 1, corner + columns + 1, corner + columns]
      const ends = corners.map((index) => values[index] ?? -1)
      const kind = ends.reduce((sum, value, index) => sum + (value > 0 ? 1 << index : 0), 0)
      const keys = [corner * 2, (corner + 1) * 2 + 1, (corner + columns) * 2, corner * 2 + 1]
      for (const [from, to] of EDGES[kind] ?? []) {
        const a = ends[from] ?? 0
        const b = ends[(from + 1) % 4] ?? 0
        const share = a / (a - b)
        const [x, y] = placeOnEdge(from, share)
        const point = { x: (column - 1 + x) * cell, y: (row - 1 + y) * cell }
        segments.set(keys[from] ?? 0, { from: point, to: keys[to] ?? 0 })
      }
    }
  }
  return segments
}

function placeOnEdge(edge: number, share: number): [x: number, y: number] {
  if (edge === 0) return [share, 0]
  if (edge === 1) return [1, share]
  if (edge === 2) return [1 - share, 1]
  return [0, 1 - share]
}
