import type { IncomingMessage } from 'node:http'

const MOST_DRAINED_BYTES = 16 * 1024 * 1024
const LONGEST_DRAIN_MS = 5_000

/**
 * Reads what a client is still sending of a body that is refused, and forgets it: closing the connection under its hands
 * would reset it, and the client would see a broken pipe instead of the answer. Bounded in size and time.
 */
export function drainBody(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete || request.readableEnded || request.destroyed) return resolve()
    let drainedBytes = 0
    const timer = setTimeout(finish, LONGEST_DRAIN_MS)
    function count(chunk: Buffer) {
      drainedBytes += chunk.length
      if (drainedBytes > MOST_DRAINED_BYTES) finish()
    }
    function finish() {
      clearTimeout(timer)
      request.off('data', count).off('end', finish).off('close', finish)
      resolve()
    }
    request.on('data', count).once('end', finish).once('close', finish).resume()
  })
}
