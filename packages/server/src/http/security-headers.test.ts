import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createSecurityHeaders } from './security-headers.ts'

it('tells browsers to run, frame and sniff nothing, and asks for no https', () => {
  const headers = createSecurityHeaders()
  assert.equal(headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'")
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['x-frame-options'], 'SAMEORIGIN')
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
  assert.equal(headers['referrer-policy'], 'no-referrer')
  assert.equal('strict-transport-security' in headers, false)
})
