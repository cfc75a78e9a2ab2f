import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Mode } from '@clipia/contract'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_CHARACTERS = 26
const CHECKSUM_CHARACTERS = 6
const PATTERN = /^clipia_(live|test)_([0-9A-Za-z]{26})([0-9A-Za-z]{6})$/

/** CRC32 of the key up to the checksum, in base62: lets a scanner or the server reject a mistyped key by itself. */
function checksum(body: string): string {
  let value = crc32(body)
  let text = ''
  for (let index = 0; index < CHECKSUM_CHARACTERS; index += 1) {
    text = ALPHABET.charAt(value % 62) + text
    value = Math.floor(value / 62)
  }
  return text
}

/** Makes a key of the mode from random bytes: `clipia_live_` or `clipia_test_`, 26 random characters, 6 of checksum. */
export function makeKey(mode: Mode, randomBytes: (length: number) => Buffer): string {
  let text = ''
  while (text.length < RANDOM_CHARACTERS) {
    for (const byte of randomBytes(32)) {
      // Bytes from 248 on would favour some characters (248 = 4 x 62).
      if (byte < 248 && text.length < RANDOM_CHARACTERS) text += ALPHABET.charAt(byte % 62)
    }
  }
  const body = `clipia_${mode}_${text}`
  return body + checksum(body)
}

/** The mode of a well-formed key whose checksum is right, else null. Costs no look-up. */
export function modeOfKey(key: string): Mode | null {
  const match = PATTERN.exec(key)
  if (match === null) return null
  const body = key.slice(0, -CHECKSUM_CHARACTERS)
  return checksum(body) === match[3] ? (match[1] as Mode) : null
}

/** What is stored of a key: its SHA-256 in hex. Keys are random, so a plain hash is enough. */
export function hashKey(key: string): string {
  return hash('sha256', key)
}

/** What people see of a key in lists: enough to recognise it, far too little to use it. */
export function prefixOfKey(key: string): string {
  return key.slice(0, 'clipia_live_'.length + 6)
}
