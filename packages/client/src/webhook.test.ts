import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import vectors from '@clipia/contract/signature-vectors.json' with { type: 'json' }
import { verifyWebhookSignature } from './webhook.ts'

const NEVER = { 'X-Clipia-Signature': undefined }
const only = (headers: Record<string, string>, prefix: RegExp) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => prefix.test(name)))

describe('what the server signs is taken', () => {
  for (const { name, secret, next_secret, timestamp, body, headers } of vectors.signing) {
    test(name, () => {
      const check = (given: Record<string, string>, key = secret) =>
        verifyWebhookSignature({ secret: key, headers: given, body, now: timestamp })
      assert.ok(check(only(headers, /^x-clipia/i)))
      assert.ok(check(only(headers, /^webhook-/)))
      assert.ok(check(Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]))))
      assert.equal(check(headers, next_secret ?? 'whsec_b3RoZXI='), next_secret !== undefined)
      assert.equal(check(only(headers, /^x-clipia/i), next_secret ?? 'whsec_b3RoZXI='), false)
    })
  }
})

describe('verification agrees with the vectors every receiver is tested by', () => {
  for (const { name, secret, body, signature, now, is_valid } of vectors.verification) {
    test(name, () => {
      const headers = signature === null ? NEVER : { 'X-Clipia-Signature': signature }
      assert.equal(verifyWebhookSignature({ secret, headers, body, now }), is_valid)
    })
  }
})

describe('Standard Webhooks', () => {
  const [{ secret, timestamp, body, headers } = assert.fail()] = vectors.signing
  const check = (change: Record<string, string>, changedBody = body, now = timestamp) => {
    const given = { ...only(headers, /^webhook-/), ...change }
    return verifyWebhookSignature({ secret, headers: given, body: changedBody, now })
  }

  test('every part that is signed counts, and so does the age', () => {
    assert.ok(check({}))
    assert.ok(check({ 'webhook-signature': `v1a,abc v1,xxxx ${headers['webhook-signature']}` }))
    assert.equal(check({ 'webhook-id': 'another' }), false)
    assert.equal(check({ 'webhook-timestamp': String(timestamp + 1) }), false)
    assert.equal(check({ 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v2,') }), false)
    assert.equal(check({ 'webhook-signature': '' }), false)
    assert.equal(check({}, `${body} `), false)
    assert.equal(check({}, body, timestamp + 301), false)
  })
})

test('bytes, Headers and plain objects are taken; whatever is malformed is false, never an exception', () => {
  const [{ secret, timestamp: now, body, headers } = assert.fail()] = vectors.signing
  assert.ok(
    verifyWebhookSignature({ secret, headers: new Headers(headers), body: new TextEncoder().encode(body), now }),
  )
  assert.ok(verifyWebhookSignature({ secret, headers, body, now: now + 900, toleranceSeconds: 900 }))
  assert.equal(verifyWebhookSignature({ secret, headers, body }), false, 'the vectors are not of this minute')
  for (const broken of [{}, null, undefined, { 'x-clipia-signature': ['t=1', 'v1=2'] }]) {
    assert.equal(verifyWebhookSignature({ secret, headers: broken as Record<string, string>, body, now }), false)
  }
  assert.equal(verifyWebhookSignature({ secret: '', headers, body, now }), false)
})
