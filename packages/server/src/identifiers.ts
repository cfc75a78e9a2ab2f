import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** Source of everything that must be unique or unguessable; passed in, so that tests can fix it. */
export interface Identifiers {
  /** A UUIDv7: ordered by time, and within a millisecond by call, which keeps inserts at the end of every index. */
  uuid(): string
  /** Cryptographically random bytes. */
  bytes(length: number): Buffer
}

/** Identifiers from the system's randomness and the given clock. */
export function createIdentifiers(clock: Clock): Identifiers {
  let pool = randomBytes(4096)
  let used = 0
  const bytes = (length: number): Buffer => {
    if (length > 256) return randomBytes(length)
    if (used + length > pool.length) {
      pool = randomBytes(4096)
      used = 0
    }
    used += length
    return pool.subarray(used - length, used)
  }
  let lastMs = 0
  let seq = 0
  const uuid = (): string => {
    const random = bytes(16)
    const msecs = clock.now()
    // Within a millisecond the sequence counts up from a random start in the lower half of its range.
    seq = msecs === lastMs ? (seq + 1) >>> 0 : random.readUInt32BE(0) >>> 1
    lastMs = msecs
    return v7({ msecs, seq, random })
  }
  return { uuid, bytes }
}

/** Whether a text is written as an id is, in either case. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
