import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UsageRow } from '@clipia/contract'
import { daysOf, roundTop, toCsv, totalsBy } from './usage.ts'

const row = (day: string, model: string, credits: number, failed = 0): UsageRow => ({
  day,
  model,
  key_id: 'k',
  key_name: '=cmd()',
  requests: 1,
  completed: 1 - failed,
  failed,
  canceled: 0,
  credits,
})
const ROWS = [row('2026-11-25', 'a', 1), row('2026-11-25', 'b', 5), row('2026-11-23', 'a', 2, 1)]
const nameOf = ({ model }: UsageRow) => model

test('sums by name, the dearest first', () => {
  assert.deepEqual(totalsBy(ROWS, nameOf), [
    { name: 'b', requests: 1, failed: 0, credits: 5 },
    { name: 'a', requests: 2, failed: 1, credits: 3 },
  ])
})

test('has every day, also one that nothing happened on, with a part for each of the series', () => {
  const now = new Date('2026-11-25T23:59:59Z')
  assert.deepEqual(daysOf(ROWS, { days: 3, now, metric: 'credits', series: ['b', 'a'], nameOf }), [
    { day: '2026-11-23', total: 2, parts: [0, 2] },
    { day: '2026-11-24', total: 0, parts: [0, 0] },
    { day: '2026-11-25', total: 6, parts: [5, 1] },
  ])
})

test('ends a scale at a round number', () => {
  assert.deepEqual([0, 1, 3, 21, 50, 999].map(roundTop), [2, 2, 4, 40, 60, 1_000])
})

test('writes no cell that a spreadsheet would run', () => {
  assert.match(toCsv(ROWS), /"'=cmd\(\)"/)
})
