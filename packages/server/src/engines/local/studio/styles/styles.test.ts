import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas } from '@napi-rs/canvas'
import { composeScene } from '../poster.ts'
import { STUDIO_STYLES, type StudioStyle } from '../studio-task-types.ts'

const SIZE = { width: 240, height: 136 }

function compose(style: StudioStyle) {
  const { painting, scale } = composeScene({ ...SIZE, style, prompt: 'A harbour', palette: 'auto', seed: '3:0' })
  return (turn: number | null): Buffer => {
    const canvas = createCanvas(SIZE.width, SIZE.height)
    const context = canvas.getContext('2d')
    context.scale(scale, scale)
    painting.paint(context, turn === null ? null : { turn, seconds: 8 })
    return Buffer.from(canvas.data())
  }
}

/** Mean difference of the bytes of two pictures, 0 to 255. */
function unlike(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, place) => sum + Math.abs(value - (b[place] ?? 0)), 0) / a.length
}

for (const style of STUDIO_STYLES) {
  test(`${style}: the drawing moves without jumps and is back after a turn`, () => {
    const paint = compose(style)
    const start = paint(0)
    const moved = Math.max(...[0.2, 0.5, 0.7].map((turn) => unlike(start, paint(turn))))
    assert.ok(moved > 0.3, `it moves: ${moved}`)
    const left = unlike(start, paint(1 - 1e-9))
    assert.ok(left < moved / 6, `it is back: ${left} of ${moved}`)
    for (const turn of [0, 0.31, 0.7]) {
      const step = unlike(paint(turn), paint(turn + 1 / 240))
      assert.ok(step < Math.max(2.5, moved), `no jump at ${turn}: ${step} of ${moved}`)
    }
  })

  test(`${style}: painting again changes nothing, and the whole stage is covered`, () => {
    const paint = compose(style)
    const still = paint(null)
    paint(0.4)
    assert.ok(still.equals(paint(null)))
    for (let place = 3; place < still.length; place += 4) assert.ok((still[place] ?? 0) >= 254, String(place / 4))
  })
}
