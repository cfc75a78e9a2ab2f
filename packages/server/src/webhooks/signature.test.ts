import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import vectors from '@clipia/contract/signature-vectors.json' with { type: 'json' }
import { Webhook } from 'standardwebhooks'
import { signWebhook, toSigningSecret } from './signature.ts'

const ID = '0193f3a1-7c00-7000-8000-000000000001'

describe('the signature of a webhook', () => {
  for (const vector of vectors.signing) {
    it(`matches the vector: ${vector.name}`, () => {
      const secrets = { current: vector.secret, next: vector.next_secret ?? null }
      const headers = signWebhook(secrets, vector.delivery_id, vector.body, vector.timestamp * 1000 + 999)
      assert.deepEqual(headers, vector.headers)
    })
  }

  for (const { name, secret, body, signature, is_valid: isValid } of vectors.verification) {
    it(`${isValid ? 'is' : 'is never'} sent as in the vector: ${name}`, () => {
      const nowMs = Number(/^t=(\d+),/.exec(signature)?.[1] ?? 0) * 1000
      const sent = signWebhook({ current: secret, next: null }, ID, body, nowMs)['X-Clipia-Signature']
      // A stale one is wrong only by the receiver's clock.
      if (isValid || name.startsWith('301 seconds')) assert.equal(signature, sent)
      else assert.notEqual(signature, sent)
    })
  }

  it('is accepted by an independent implementation of Standard Webhooks, with either secret of a rotation', () => {
    const secrets = { current: toSigningSecret(randomBytes(32)), next: toSigningSecret(randomBytes(32)) }
    const body = '{"request_id":"r","status":"OK"}'
    const headers = signWebhook(secrets, ID, body, Date.now())
    for (const secret of [secrets.current, secrets.next]) {
      assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body))
    }
    const stranger = new Webhook(toSigningSecret(randomBytes(32)))
    assert.throws(() => stranger.verify(body, headers), /signature/i)
    assert.throws(() => new Webhook(secrets.current).verify(`${body} `, headers), /signature/i)
  })
})
