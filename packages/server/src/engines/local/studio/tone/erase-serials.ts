const PAGE = 'OggS'
const SERIAL_AT = 14
const CHECKSUM_AT = 22
const SEGMENTS_AT = 26

/** Sets the random serial number of an Ogg file with one stream to 1, in every page, and mends the checksums. */
export function eraseSerials(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let place = 0
  while (place + SEGMENTS_AT < bytes.length) {
    if (String.fromCharCode(...bytes.subarray(place, place + 4)) !== PAGE) throw new Error('This is no Ogg page')
    const segments = bytes.subarray(
      place + SEGMENTS_AT + 1,
      place + SEGMENTS_AT + 1 + (bytes[place + SEGMENTS_AT] ?? 0),
    )
    const end = place + SEGMENTS_AT + 1 + segments.length + segments.reduce((sum, length) => sum + length, 0)
    view.setUint32(place + SERIAL_AT, 1, true)
    view.setUint32(place + CHECKSUM_AT, 0, true)
    view.setUint32(place + CHECKSUM_AT, checksum(bytes.subarray(place, end)), true)
    place = end
  }
}

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** The checksum of Ogg pages: CRC-32 with the highest bit first and nothing inverted. */
function checksum(page: Uint8Array): number {
  let value = 0
  for (const byte of page) value = ((value << 8) ^ (REMAINDERS[((value >>> 24) ^ byte) & 255] ?? 0)) >>> 0
  return value
}
