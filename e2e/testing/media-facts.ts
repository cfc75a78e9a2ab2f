import assert from 'node:assert/strict'

/** Width and height of a PNG, from its header; throws when the bytes are none. */
export function pngSize(bytes: Buffer): { width: number; height: number } {
  assert.equal(bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a', 'not a PNG')
  assert.equal(bytes.toString('latin1', 12, 16), 'IHDR')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Width and height of a WebP in any of its three forms; throws when the bytes are none. */
export function webpSize(bytes: Buffer): { width: number; height: number } {
  assert.equal(bytes.toString('latin1', 0, 4), 'RIFF', 'not a WebP')
  assert.equal(bytes.toString('latin1', 8, 12), 'WEBP', 'not a WebP')
  assert.equal(bytes.readUInt32LE(4) + 8, bytes.length, 'a WebP that is cut')
  const form = bytes.toString('latin1', 12, 16)
  if (form === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  if (form === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  assert.equal(form, 'VP8L')
  const packed = bytes.readUInt32LE(21)
  return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 }
}

/** Size and length of an MP4 with H.264, from its boxes; throws when the bytes are none. */
export function mp4Facts(bytes: Buffer): { width: number; height: number; durationSeconds: number } {
  assert.equal(bytes.toString('latin1', 4, 8), 'ftyp', 'not an MP4')
  const movie = bytes.indexOf('mvhd') + 4
  const track = bytes.indexOf('tkhd') + 4
  assert.ok(movie > 4 && track > 4, 'an MP4 without a movie')
  assert.ok(bytes.includes('avc1'), 'an MP4 without H.264')
  const isLong = bytes[movie] === 1
  const timescale = bytes.readUInt32BE(movie + (isLong ? 20 : 12))
  const duration = isLong ? Number(bytes.readBigUInt64BE(movie + 24)) : bytes.readUInt32BE(movie + 16)
  // Width and height are 16.16 fixed-point numbers at the end of the track header.
  const size = track + (bytes[track] === 1 ? 88 : 76)
  return {
    width: bytes.readUInt32BE(size) / 65_536,
    height: bytes.readUInt32BE(size + 4) / 65_536,
    durationSeconds: duration / timescale,
  }
}
