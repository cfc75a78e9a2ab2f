import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRetryAfter } from './retry-after.ts'

test('seconds and dates become milliseconds from now; nonsense is no wish', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  assert.equal(readRetryAfter('2', now), 2_000)
  assert.equal(readRetryAfter('0', now), 0)
  assert.equal(readRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now), 60_000)
  assert.equal(readRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0)
  for (const nonsense of [null, '', ' ', 'soon', '-1', 'Infinity'])
    assert.equal(readRetryAfter(nonsense, now), undefined)
})
