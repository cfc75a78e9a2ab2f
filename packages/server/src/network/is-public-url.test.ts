import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllowedPrivate } from './address-rules.ts'
import { isPublicUrl } from './is-public-url.ts'

for (const url of ['https://api.example.com', 'http://203.0.114.7/a.png', 'https://[2606:4700::1]/']) {
  test(`${url} can be reached from outside`, () => assert.equal(isPublicUrl(url), true))
}

for (const url of [
  'http://127.0.0.1:3000/media/a.png',
  'http://localhost/',
  'http://clipia/',
  'http://gpu.lan:8000/',
  'https://nas.local/a.png',
  'http://10.1.2.3/a.png',
  'http://0x7f000001/',
  'data:image/png;base64,AAAA',
  'ftp://example.com/a.png',
  'no url',
]) {
  test(`${url} cannot be reached from outside`, () => assert.equal(isPublicUrl(url), false))
}

test('a host that the operator lists as private is none for strangers, whatever it is called', () => {
  assert.equal(isPublicUrl('https://pictures.example.com/1.png', parseAllowedPrivate('pictures.example.com')), false)
})
