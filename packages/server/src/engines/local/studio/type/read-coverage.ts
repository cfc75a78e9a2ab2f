import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

const HEADER_BYTES = 48
/** Places of tags in the WOFF2 list of known tables. */
const CMAP = 0
const GLYPHS = 10
const LOCATIONS = 11
const OTHER = 63
/** Glyphs and their locations are stored transformed unless their version says otherwise; all others as they are. */
const NOT_TRANSFORMED = 3

/**
 * The code points a WOFF2 font really has glyphs for, read from its character map. What packages declare is what a
 * subset may be asked for, which is more: a character taken at its word would be drawn as an empty box.
 */
export function readCoverage(path: string): Set<number> {
  const bytes = readFileSync(path)
  if (bytes.toString('latin1', 0, 4) !== 'wOF2') throw new Error(`${path} is no WOFF2 font`)
  const { start, length, directoryEnd } = findCharacterMap(bytes)
  const data = brotliDecompressSync(bytes.subarray(directoryEnd, directoryEnd + bytes.readUInt32BE(20)))
  return readCharacterMap(data.subarray(start, start + length))
}

/** Where the character map lies in the unpacked tables, which follow one another in the order of the directory. */
function findCharacterMap(bytes: Buffer): { start: number; length: number; directoryEnd: number } {
  let place = HEADER_BYTES
  const readNumber = (): number => {
    let value = 0
    for (;;) {
      const byte = bytes.readUInt8(place)
      place += 1
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  let start = 0
  let found: { start: number; length: number } | undefined
  for (let table = 0; table < bytes.readUInt16BE(12); table += 1) {
    const flags = bytes.readUInt8(place)
    place += 1
    const tag = flags & 63
    if (tag === OTHER) place += 4
    const version = flags >> 6
    let length = readNumber()
    const isTransformed = tag === GLYPHS || tag === LOCATIONS ? version !== NOT_TRANSFORMED : version !== 0
    if (isTransformed) length = readNumber()
    if (tag === CMAP) found = { start, length }
    start += length
  }
  if (!found) throw new Error('The font has no character map')
  return { ...found, directoryEnd: place }
}

/** Joins the Unicode subtables of the formats that fonts use for it (4 and 12). */
function readCharacterMap(map: Buffer): Set<number> {
  const covered = new Set<number>()
  for (let index = 0; index < map.readUInt16BE(2); index += 1) {
    const subtable = map.subarray(map.readUInt32BE(4 + index * 8 + 4))
    const format = subtable.readUInt16BE(0)
    if (format === 4) readSegments(subtable, covered)
    if (format === 12) readGroups(subtable, covered)
  }
  return covered
}

function readGroups(table: Buffer, covered: Set<number>): void {
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const place = 16 + group * 12
    const last = table.readUInt32BE(place + 4)
    for (let code = table.readUInt32BE(place); code <= last; code += 1) covered.add(code)
  }
}

function readSegments(table: Buffer, covered: Set<number>): void {
  const doubled = table.readUInt16BE(6)
  for (let segment = 0; segment < doubled; segment += 2) {
    const last = table.readUInt16BE(14 + segment)
    const first = table.readUInt16BE(16 + doubled + segment)
    const delta = table.readUInt16BE(16 + 2 * doubled + segment)
    const rangeAt = 16 + 3 * doubled + segment
    const range = table.readUInt16BE(rangeAt)
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const glyph = range === 0 ? code + delta : table.readUInt16BE(rangeAt + range + (code - first) * 2)
      if ((glyph & 0xffff) !== 0) covered.add(code)
    }
  }
}
