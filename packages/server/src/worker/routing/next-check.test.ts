import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDurations } from './durations.ts'
import { likelyPercent, nextCheckMs } from './next-check.ts'

const TRAITS = { pollMs: 1_000 }
const ROUTE = { engine: 'fal', settings: { model: 'a/b' }, input: null }

/** How often a job that takes `durationMs` is asked for, and how late its end is noticed. */
function follow(durationMs: number, typicalMs: number | null) {
  let elapsedMs = 0
  for (let checks = 1; ; checks += 1) {
    elapsedMs += nextCheckMs(TRAITS, elapsedMs, typicalMs)
    if (elapsedMs >= durationMs) return { checks, lateMs: elapsedMs - durationMs }
  }
}

test('without a typical duration checks become rarer with the time a job has run', () => {
  assert.ok(follow(2_000, null).lateMs <= 1_000)
  const long = follow(600_000, null)
  assert.ok(long.checks < 75, `${long.checks} checks`)
  assert.ok(long.lateMs <= 15_000)
})

test('with a typical duration few checks are made before it, and the end is noticed soon', () => {
  const { checks, lateMs } = follow(60_000, 60_000)
  assert.ok(checks <= 10, `${checks} checks`)
  assert.ok(lateMs <= 3_000, `${lateMs} ms late`)
})

test('a job that is quicker than usual is noticed within the longest wait', () => {
  assert.ok(follow(20_000, 300_000).lateMs <= 15_000)
})

test('an engine sets the least and the most', () => {
  assert.equal(nextCheckMs({ pollMs: 500, longestPollMs: 500 }, 3_600_000, null), 500)
  assert.equal(nextCheckMs({ pollMs: 20_000 }, 0, 100), 20_000)
})

test('the typical duration of a route is the median of its latest jobs', () => {
  const durations = createDurations()
  assert.equal(durations.typicalMs(ROUTE), null)
  for (const ms of [5_000, 1_000, 90_000]) durations.record(ROUTE, ms)
  assert.equal(durations.typicalMs(ROUTE), 5_000)
  for (let job = 0; job < 25; job += 1) durations.record(ROUTE, 2_000)
  assert.equal(durations.typicalMs(ROUTE), 2_000)
  assert.equal(durations.typicalMs({ ...ROUTE, settings: { model: 'a/c' } }), null)
})

test('a progress that is only likely never says done', () => {
  assert.deepEqual(
    [likelyPercent(5_000, null), likelyPercent(5_000, 10_000), likelyPercent(99_000, 10_000)],
    [0, 50, 95],
  )
})
