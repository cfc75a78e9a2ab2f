import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitScale, keepInFrame, zoomTo } from './zoom.ts'

const picture = { width: 2_000, height: 1_000 }
const frame = { width: 500, height: 500 }

test('fits all of a picture into the frame, and never blows a small one up', () => {
  assert.equal(fitScale(picture, frame), 0.25)
  assert.equal(fitScale({ width: 100, height: 50 }, frame), 1)
})

test('keeps the spot under the pointer where it is', () => {
  const point = { x: 100, y: 0 }
  const before = { scale: 0.25, x: 0, y: 0 }
  const after = zoomTo(before, 1, { picture, frame, point })
  const spot = (view: typeof before) => (point.x - view.x) / view.scale
  assert.equal(spot(after), spot(before))
})

test('never zooms out further than all of it, nor further in than eight times', () => {
  const middle = { picture, frame, point: { x: 0, y: 0 } }
  assert.equal(zoomTo({ scale: 1, x: 0, y: 0 }, 0.01, middle).scale, 0.25)
  assert.equal(zoomTo({ scale: 1, x: 0, y: 0 }, 99, middle).scale, 8)
})

test('lets nobody lose the picture out of the frame', () => {
  assert.deepEqual(keepInFrame({ scale: 1, x: 9_999, y: -9_999 }, picture, frame), { scale: 1, x: 750, y: -250 })
  assert.deepEqual(keepInFrame({ scale: 0.25, x: 40, y: 40 }, picture, frame), { scale: 0.25, x: 0, y: 0 })
})
