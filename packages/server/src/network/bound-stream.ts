import { Transform } from 'node:stream'

/** How much of a stranger's stream is taken. */
export interface StreamBound {
  maxBytes: number
  /**
   * Judges the first bytes as soon as they are there (64, or all of a shorter stream): answers how many bytes a file of
   * their kind may have, or throws. Absent: anything is taken.
   */
  admit?: (head: Buffer) => number
}

/** Bytes that {@link StreamBound.admit} is shown. */
const HEAD_BYTES = 64

/**
 * Passes bytes on while they are within the bound; the first ones wait until they can be judged. Fails with what `admit`
 * throws, or with `tooLarge` of the bound that was crossed.
 */
export function boundStream({ maxBytes, admit }: StreamBound, tooLarge: (maxBytes: number) => Error): Transform {
  let most = maxBytes
  let sizeBytes = 0
  let head: Buffer | null = admit === undefined ? null : Buffer.alloc(0)

  /** What may be passed on now; null while the first bytes are still to be gathered. */
  function pass(chunk: Buffer, isLast: boolean): Buffer | null {
    sizeBytes += chunk.length
    let bytes = chunk
    if (head !== null) {
      bytes = head = Buffer.concat([head, chunk])
      if (bytes.length < HEAD_BYTES && !isLast) return null
      head = null
      most = Math.min(most, admit?.(bytes.subarray(0, HEAD_BYTES)) ?? most)
    }
    if (sizeBytes > most) throw tooLarge(most)
    return bytes
  }

  function answer(callback: (error: Error | null, bytes?: Buffer) => void, chunk: Buffer, isLast: boolean): void {
    try {
      const bytes = pass(chunk, isLast)
      if (bytes === null) callback(null)
      else callback(null, bytes)
    } catch (error) {
      callback(error as Error)
    }
  }

  return new Transform({
    transform: (chunk: Buffer, _encoding, callback) => answer(callback, chunk, false),
    flush: (callback) => (head === null ? callback(null) : answer(callback, Buffer.alloc(0), true)),
  })
}
