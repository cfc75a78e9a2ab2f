import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planarSize, toPlanar } from './planar-frame.ts'

/** Brightness, blue and red difference of a plain colour as a television reads them. */
function convert(red: number, green: number, blue: number): number[] {
  const frame = new Uint8Array(planarSize(2, 2))
  const pixel = [red, green, blue, 255]
  toPlanar(Uint8Array.from([...pixel, ...pixel, ...pixel, ...pixel]), frame, 2, 2)
  assert.deepEqual(new Set(frame.subarray(0, 4)).size, 1)
  return [frame[0] ?? 0, frame[4] ?? 0, frame[5] ?? 0]
}

test('colours become the values that the BT.709 standard names', () => {
  assert.deepEqual(convert(0, 0, 0), [16, 128, 128])
  assert.deepEqual(convert(255, 255, 255), [235, 128, 128])
  assert.deepEqual(convert(255, 0, 0), [63, 102, 240])
  assert.deepEqual(convert(0, 255, 0), [173, 42, 26])
  assert.deepEqual(convert(0, 0, 255), [32, 240, 118])
})
