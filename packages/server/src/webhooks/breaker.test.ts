import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { afterAttempt, allowedAtOnce, type Breaker } from './breaker.ts'

const CLOSED: Breaker = { failures: 0, blockedUntil: 0 }

function after(breaker: Breaker, statuses: readonly (number | null)[], nowMs = 1_000): Breaker {
  return statuses.reduce<Breaker>((current, status) => afterAttempt(current, status, nowMs), breaker)
}

const troubles = (count: number) => Array.from({ length: count }, () => null)

describe('the breaker of an endpoint', () => {
  it('allows 8 attempts at once until 10 in a row met trouble, then one', () => {
    assert.equal(allowedAtOnce(after(CLOSED, troubles(9))), 8)
    assert.equal(after(CLOSED, troubles(9)).blockedUntil, 0)
    assert.equal(allowedAtOnce(after(CLOSED, troubles(10))), 1)
  })

  it('pauses 1 s, then twice as long each time, a minute at most', () => {
    const pauses = [10, 11, 12, 15, 16, 50, 2_000].map((count) => after(CLOSED, troubles(count)).blockedUntil - 1_000)
    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000])
  })

  it('counts no answer, 429 and 5xx as trouble, and closes at any other answer', () => {
    for (const status of [null, 429, 500, 503]) assert.equal(afterAttempt(CLOSED, status, 0).failures, 1)
    const open = after(CLOSED, troubles(20))
    for (const status of [200, 302, 400, 404, 410]) assert.deepEqual(afterAttempt(open, status, 0), CLOSED)
  })
})
