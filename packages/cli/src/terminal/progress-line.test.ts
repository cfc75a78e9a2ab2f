import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StatusResponse } from '@clipia/client'
import { formatDuration } from './format-duration.ts'
import { progressText, timeLeftMs } from './progress-line.ts'

const status = (name: StatusResponse['status'], progress: number, ahead: number | null = null): StatusResponse => {
  return { request_id: 'r', status: name, queue_position: ahead, progress, logs: [] }
}

test('in the queue the place is told, running the share that is done and the time that is left', () => {
  const now = 20_000
  const queued = { since: 18_000, run: null, now }
  const empty = '░'.repeat(24)
  assert.equal(progressText({ status: status('IN_QUEUE', 0, 3), ...queued }), `${empty} in the queue, 3 ahead  2.0 s`)
  assert.equal(progressText({ status: status('IN_QUEUE', 0, 0), ...queued }), `${empty} in the queue, next  2.0 s`)
  const run = { since: 0, run: { progress: 0, at: 10_000 }, now }
  const half = `${'█'.repeat(12)}${'░'.repeat(12)}`
  assert.equal(progressText({ status: status('IN_PROGRESS', 50), ...run }), `${half}  50%  20 s, about 10 s left`)
  assert.equal(progressText({ status: status('COMPLETED', 100), ...run }), `${'█'.repeat(24)} 100%  20 s`)
})

test('no time is guessed from too little', () => {
  assert.equal(timeLeftMs(2, { progress: 0, at: 0 }, 10_000), null)
  assert.equal(timeLeftMs(50, { progress: 0, at: 0 }, 100), null)
  assert.equal(timeLeftMs(50, { progress: 50, at: 0 }, 60_000), null)
  assert.equal(timeLeftMs(75, { progress: 50, at: 0 }, 10_000), 10_000)
})

test('durations read as people say them', () => {
  const cases = [
    [-5, '0.0 s'],
    [840, '0.8 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [185_000, '3 min 05 s'],
    [7_620_000, '2 h 07 min'],
  ] as const
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text)
})
