import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import sharp from 'sharp'
import { sniffType } from './sniff-type.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const picture = sharp({ create: { width: 4, height: 4, channels: 3, background: '#c8553d' } })
const sample = (name: string) => readFileSync(new URL(`../engines/sandbox/assets/${name}`, import.meta.url))

test('the type of a file is what its bytes are', async () => {
  const files: [Buffer, string][] = [
    [await picture.png().toBuffer(), 'image/png'],
    [await picture.jpeg().toBuffer(), 'image/jpeg'],
    [await picture.webp().toBuffer(), 'image/webp'],
    [await picture.gif().toBuffer(), 'image/gif'],
    [await picture.avif().toBuffer(), 'image/avif'],
    [sample('video.mp4'), 'video/mp4'],
    [sample('audio.wav'), 'audio/wav'],
    [latin('\0\0\0\x14ftypqt  \0\0\0\0qt  '), 'video/quicktime'],
    [latin('\0\0\0\x08wide\0\0\x10\0mdat'), 'video/quicktime'],
    [latin('\0\0\0\x14ftypM4A \0\0\0\0M4A '), 'audio/mp4'],
    [latin('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm'), 'video/webm'],
    [latin('OggS\0\x02'), 'audio/ogg'],
    [latin('fLaC\0\0\0"'), 'audio/flac'],
    [latin('ID3\x04\0'), 'audio/mpeg'],
    [latin('\xff\xfb\x90\x64'), 'audio/mpeg'],
    [latin('\xff\xf1\x50\x80'), 'audio/aac'],
  ]
  for (const [bytes, type] of files) assert.equal(sniffType(bytes.subarray(0, 64)), type)
})

test('what a browser could run, and what nothing here decodes, has no type', () => {
  for (const text of [
    '',
    'x',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?><svg/>',
    '<!doctype html><script>alert(1)</script>',
    '\xef\xbb\xbf<html>',
    '\xff\xfe<\0h\0t\0m\0l\0',
    '%PDF-1.7',
    'PK\x03\x04',
    'MZ\x90',
    'BM\x36\0',
    'II*\0',
    'RIFF\x24\0\0\0AVI LIST',
    '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
    '\x1aE\xdf\xa3\x93B\x82\x88matroska',
    '{"image": 1}',
  ]) {
    assert.equal(sniffType(latin(text)), null, text)
  }
})
