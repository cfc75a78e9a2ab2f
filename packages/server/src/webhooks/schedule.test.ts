import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeAttempt, MAX_TRIES } from './schedule.ts'

const waits = (random: number) =>
  [1, 2, 3, 4, 5].map((tries) => {
    const verdict = judgeAttempt(500, tries, random)
    return verdict.state === 'pending' ? verdict.waitMs : verdict.state
  })

describe('the verdict on an attempt', () => {
  it('waits about 5 s, 30 s, 5 min, 30 min and 2 h, up to a tenth more or less', () => {
    assert.deepEqual(waits(0.5), [5_000, 30_000, 300_000, 1_800_000, 7_200_000])
    assert.deepEqual(waits(0), [4_500, 27_000, 270_000, 1_620_000, 6_480_000])
    assert.deepEqual(waits(1), [5_500, 33_000, 330_000, 1_980_000, 7_920_000])
  })

  it('ends after the sixth try', () => {
    assert.equal(MAX_TRIES, 6)
    assert.deepEqual(judgeAttempt(500, 6, 0.5), { state: 'dead' })
    assert.deepEqual(judgeAttempt(null, 6, 0.5), { state: 'dead' })
    assert.deepEqual(judgeAttempt(204, 6, 0.5), { state: 'delivered' })
  })

  it('takes every 2xx for delivered, 410 for the end, and everything else for a failure', () => {
    for (const status of [200, 201, 202, 204, 299]) assert.equal(judgeAttempt(status, 1, 0.5).state, 'delivered')
    assert.equal(judgeAttempt(410, 1, 0.5).state, 'dead')
    for (const status of [null, 101, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 429, 500, 503, 599]) {
      assert.equal(judgeAttempt(status, 1, 0.5).state, 'pending', String(status))
    }
  })
})
