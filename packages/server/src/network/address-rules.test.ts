import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isPublicAddress, judgeUrl, NO_PRIVATE, parseAllowedPrivate } from './address-rules.ts'

describe('addresses that may be dialled', () => {
  it('are none of the private ones, in whatever form they are written', () => {
    for (const address of [
      '127.0.0.1',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '168.63.129.16',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.2.1',
      '240.0.0.1',
      '::',
      '::1',
      '::7f00:1',
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      'not an address',
    ]) {
      assert.equal(isPublicAddress(address), false, address)
    }
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111']) {
      assert.equal(isPublicAddress(address), true, address)
    }
  })

  it('are judged in the text of a URL after normalising its host', () => {
    for (const url of [
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://017700000001/',
      'http://127.1/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
      'http://[64:ff9b::a9fe:a9fe]/',
      'http://169.254.169.254/latest/meta-data',
      'http://localhost/',
      'http://LOCALHOST./',
      'http://x.localhost/',
      'http://printer.local/',
      'http://metadata.google.internal/',
      'http://127.0.0.1./',
      'http://１２７.0.0.1/',
    ]) {
      assert.match(String(judgeUrl(url, NO_PRIVATE)), /private/, url)
    }
    for (const url of ['', 'x', '//host/x', 'ftp://a.b/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:,x']) {
      assert.match(String(judgeUrl(url, NO_PRIVATE)), /http/, url)
    }
    assert.match(String(judgeUrl('http://user:pass@example.com/', NO_PRIVATE)), /password/)
    assert.equal(judgeUrl('https://example.com/a.png?x=1', NO_PRIVATE), null)
  })

  it('include the private hosts and ranges an operator names, and no others', () => {
    const allowed = parseAllowedPrivate('comfy.local, 10.1.0.0/16, 192.168.1.7,fd00::/8')
    for (const url of ['http://comfy.local:8188/', 'http://10.1.2.3/', 'http://192.168.1.7/', 'http://[fd00::5]/']) {
      assert.equal(judgeUrl(url, allowed), null, url)
    }
    for (const url of ['http://10.2.0.1/', 'http://192.168.1.8/', 'http://other.local/', 'http://[fe80::1]/']) {
      assert.notEqual(judgeUrl(url, allowed), null, url)
    }
    assert.throws(() => parseAllowedPrivate('a b'), /"a b"/)
  })
})
