import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBaseUrl } from './base-url.ts'

test('https is taken anywhere, http on this machine only, and trailing slashes do not matter', () => {
  assert.equal(checkBaseUrl('https://api.example.com/'), 'https://api.example.com')
  assert.equal(checkBaseUrl('https://example.com/clipia//'), 'https://example.com/clipia')
  assert.equal(checkBaseUrl('http://localhost:3000'), 'http://localhost:3000')
  assert.equal(checkBaseUrl('http://127.0.0.1:8080/'), 'http://127.0.0.1:8080')
})

test('a URL over which the key would travel in clear is refused, look-alikes too', () => {
  for (const url of [
    'http://api.example.com',
    'http://localhost.evil.com',
    'http://127.0.0.1.evil.com',
    'http://localhost@evil.com',
    'http://192.168.1.2:3000',
    'ftp://localhost',
    'api.clipia.ai',
    '',
  ]) {
    assert.throws(() => checkBaseUrl(url), { name: 'TypeError', message: /https:\/\/ URL/ }, url)
  }
})

test('credentials, a query or a fragment in a base URL are refused, and the credentials not repeated', () => {
  for (const url of ['https://user:secret@api.example.com', 'https://api.example.com/?a=1', 'https://a.example/#x']) {
    assert.throws(
      () => checkBaseUrl(url),
      (error: Error) => /credentials/.test(error.message) && !error.message.includes('secret'),
    )
  }
})
