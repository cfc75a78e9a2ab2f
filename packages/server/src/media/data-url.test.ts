import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDataUrl, judgeDataUrl, readDataUrl } from './data-url.ts'

const PIXEL = 'R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='

test('a base64 picture is taken, whatever its type claims to be', () => {
  for (const url of [
    `data:image/gif;base64,${PIXEL}`,
    `DATA:text/html;charset=x;BASE64,${PIXEL}`,
    `data:;base64,${PIXEL}`,
  ]) {
    assert.ok(isDataUrl(url))
    assert.equal(judgeDataUrl(url), null, url)
    assert.deepEqual(readDataUrl(url), Buffer.from(PIXEL, 'base64'))
  }
})

test('other encodings, broken base64 and other contents are refused by name', () => {
  for (const url of [
    'data:,x',
    'data:image/png,%89PNG',
    `data:image/gif;base64,${PIXEL}!`,
    'data:image/gif;base64,',
    'data:',
  ]) {
    assert.match(String(judgeDataUrl(url)), /base64/, url)
  }
  for (const text of ['<svg/>', '<script>alert(1)</script>', 'x']) {
    assert.match(String(judgeDataUrl(`data:image/png;base64,${btoa(text)}`)), /picture, video or sound/, text)
  }
})
