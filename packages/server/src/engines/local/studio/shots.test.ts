import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shotsAt } from './shots.ts'

const indexes = (seconds: number, isLoop = false): number[] => shotsAt(seconds, 3, 9, isLoop).map(({ index }) => index)

test('one picture fills the whole film', () => {
  assert.deepEqual(shotsAt(3, 1, 6, false), [{ index: 0, moment: 0.5, opacity: 1 }])
  assert.deepEqual(shotsAt(6, 1, 6, true), [{ index: 0, moment: 1, opacity: 1 }])
})

test('pictures come in their order and fade into each other', () => {
  assert.deepEqual(indexes(0), [0])
  assert.deepEqual(indexes(3), [0, 1])
  assert.deepEqual(indexes(4.5), [1])
  assert.deepEqual(indexes(6), [1, 2])
  assert.deepEqual(indexes(9), [2])
})

test('something is seen fully at every moment, and what comes grows from nothing to all', () => {
  for (const isLoop of [false, true]) {
    let before: number | undefined
    for (let frame = 0; frame < 9 * 30; frame += 1) {
      const shots = shotsAt(frame / 30, 3, 9, isLoop)
      assert.equal(shots[0]?.opacity, 1)
      assert.ok(shots.length <= 2 && shots.every(({ moment }) => moment >= 0 && moment <= 1))
      const over = shots[1]?.opacity
      if (over !== undefined && before !== undefined) assert.ok(over > before)
      before = over
    }
  }
})

test('in a loop the last picture fades into the first over the seam', () => {
  assert.deepEqual(indexes(0, true), [2, 0])
  assert.equal(shotsAt(0, 3, 9, true)[1]?.opacity, 0)
  const end = shotsAt(9 - 1e-9, 3, 9, true)
  assert.deepEqual(
    end.map(({ index }) => index),
    [2],
  )
  assert.ok(Math.abs((end[0]?.moment ?? 0) - (shotsAt(0, 3, 9, true)[0]?.moment ?? 1)) < 1e-6)
})
