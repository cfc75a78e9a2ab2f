import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateSync } from 'node:zlib'
import { makePng } from './png.ts'

function readChunks(png: Buffer): { type: string; data: Buffer }[] {
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n')
  const chunks = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const typed = png.subarray(at + 4, at + 8 + length)
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(typed), 'the checksum of the chunk')
    chunks.push({ type: typed.subarray(0, 4).toString('latin1'), data: typed.subarray(4) })
    at += 12 + length
  }
  return chunks
}

test('a picture is a valid PNG of 64 by 64 in one colour', () => {
  const [header, pixels, end, ...more] = readChunks(makePng('a'))
  assert.deepEqual([header?.type, pixels?.type, end?.type, more.length], ['IHDR', 'IDAT', 'IEND', 0])
  assert.equal(header?.data.toString('hex'), '00000040000000400802000000')
  const rows = inflateSync(pixels?.data ?? Buffer.alloc(0))
  assert.equal(rows.length, 64 * (1 + 64 * 3))
  const colours = new Set<string>()
  for (let row = 0; row < 64; row += 1) {
    assert.equal(rows[row * 193], 0)
    for (let x = 0; x < 64; x += 1)
      colours.add(rows.subarray(row * 193 + 1 + x * 3, row * 193 + 4 + x * 3).toString('hex'))
  }
  assert.equal(colours.size, 1)
})

test('the name decides the colour', () => {
  assert.deepEqual(makePng('a'), makePng('a'))
  assert.notDeepEqual(makePng('a'), makePng('b'))
})
