import type { SKRSContext2D } from '@napi-rs/canvas'

/** Where the lines of an even grid run, moved to the next whole pixel of the picture; in units. */
export interface PixelLines {
  x(column: number): number
  y(row: number): number
}

/** A field that ends between two pixels would leave a hairline of the ground beside its neighbour. */
export function snapToPixels(context: SKRSContext2D, pitch: { x: number; y: number }): PixelLines {
  const { a, d, e, f } = context.getTransform()
  return {
    x: (column) => (Math.round(column * pitch.x * a + e) - e) / a,
    y: (row) => (Math.round(row * pitch.y * d + f) - f) / d,
  }
}
