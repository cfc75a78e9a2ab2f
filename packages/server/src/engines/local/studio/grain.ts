import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { createRandom } from './random.ts'

const TILE = 256

/**
 * Lays film grain over a picture of the given size in pixels. It hides the bands of soft gradients and gives flat
 * colour the feel of paper. The grain grows with the resolution, so that a large picture looks like a small one.
 */
export function addGrain(context: SKRSContext2D, width: number, height: number, strength: number): void {
  if (strength <= 0) return
  tile ??= drawTile()
  const pattern = context.createPattern(tile, 'repeat')
  if (!pattern) return
  const size = Math.max(1, Math.min(width, height) / 1400)
  pattern.setTransform({ a: size, b: 0, c: 0, d: size, e: 0, f: 0 })
  context.save()
  context.resetTransform()
  context.globalCompositeOperation = 'overlay'
  context.globalAlpha = strength
  context.fillStyle = pattern
  context.fillRect(0, 0, width, height)
  context.restore()
}

/** Always the same grain, so it is drawn once. */
let tile: Canvas | undefined

function drawTile(): Canvas {
  const canvas = createCanvas(TILE, TILE)
  const context = canvas.getContext('2d')
  const pixels = context.createImageData(TILE, TILE)
  const random = createRandom('grain')
  for (let index = 0; index < pixels.data.length; index += 4) {
    const tone = 128 + (random.next() + random.next() + random.next() - 1.5) * 120
    pixels.data.fill(tone, index, index + 3)
    pixels.data[index + 3] = 255
  }
  context.putImageData(pixels, 0, 0)
  return canvas
}
