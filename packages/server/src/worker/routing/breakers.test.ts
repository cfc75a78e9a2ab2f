import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { type Breakers, createBreakers } from './breakers.ts'

const ROUTE = { engine: 'fal', settings: { model: 'a/b' }, input: null }
const OTHER = { engine: 'fal', settings: { model: 'a/c' }, input: null }

describe('the breaker of a route', () => {
  let breakers: Breakers
  const fail = (times: number, nowMs: number) => {
    for (let time = 0; time < times; time += 1) breakers.report(ROUTE, 'fault', nowMs)
  }
  beforeEach(() => {
    breakers = createBreakers()
  })

  it('opens after five faults in a row, for that route only', () => {
    fail(4, 0)
    assert.equal(breakers.waitMs(ROUTE, 0), 0)
    fail(1, 0)
    assert.equal(breakers.waitMs(ROUTE, 0), 30_000)
    assert.equal(breakers.waitMs(OTHER, 0), 0)
  })

  it('forgets faults at the first success', () => {
    fail(4, 0)
    breakers.report(ROUTE, 'answered', 0)
    fail(4, 0)
    assert.equal(breakers.waitMs(ROUTE, 0), 0)
  })

  it('lets one job try when the pause is over, and no other until that is known', () => {
    fail(5, 0)
    assert.equal(breakers.waitMs(ROUTE, 30_000), 0)
    breakers.begin(ROUTE, 30_000, 60_000)
    assert.equal(breakers.waitMs(ROUTE, 30_001), 29_999)
    breakers.report(ROUTE, 'answered', 30_002)
    assert.equal(breakers.waitMs(ROUTE, 30_002), 0)
  })

  it('learns nothing from a job whose engine was not asked after all', () => {
    fail(5, 0)
    breakers.begin(ROUTE, 30_000, 60_000)
    breakers.report(ROUTE, 'unasked', 30_001)
    assert.equal(breakers.waitMs(ROUTE, 30_001), 0)
    fail(1, 30_002)
    assert.equal(breakers.waitMs(ROUTE, 30_002), 60_000)
  })

  it('does not wait for ever for a trial that nobody reports', () => {
    fail(5, 0)
    breakers.begin(ROUTE, 30_000, 60_000)
    assert.equal(breakers.waitMs(ROUTE, 60_000), 0)
  })

  it('doubles its pause with every trial that fails, up to five minutes', () => {
    fail(5, 0)
    let nowMs = 0
    const pauses: number[] = []
    for (let trial = 0; trial < 6; trial += 1) {
      pauses.push(breakers.waitMs(ROUTE, nowMs))
      nowMs += breakers.waitMs(ROUTE, nowMs)
      fail(1, nowMs)
    }
    assert.deepEqual(pauses, [30_000, 60_000, 120_000, 240_000, 300_000, 300_000])
  })

  it('is not held open longer by jobs that had begun before', () => {
    fail(5, 0)
    fail(20, 10)
    assert.equal(breakers.waitMs(ROUTE, 10), 29_990)
  })
})
