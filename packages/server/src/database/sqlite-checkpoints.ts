import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

const LOOK_EVERY_MS = 500
/** Below this size the log is left alone: 4 MB is a thousand pages. */
const WORTH_A_CHECKPOINT_BYTES = 4 * 1024 * 1024

/**
 * Moves SQLite's write-ahead log into the database file from a thread of its own, so that the writer never waits for
 * it. The thread is started when the log first grows large.
 */
export function startCheckpoints(path: string): { stop(): Promise<void> } {
  let thread: Worker | null = null
  let lastSizeBytes = 0

  const look = async () => {
    const sizeBytes = await stat(`${path}-wal`).then(
      (stats) => stats.size,
      () => 0,
    )
    if (sizeBytes < WORTH_A_CHECKPOINT_BYTES || (thread !== null && sizeBytes === lastSizeBytes)) return
    lastSizeBytes = sizeBytes
    thread ??= startThread(path, () => {
      thread = null
    })
    thread.postMessage('checkpoint')
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await thread?.terminate()
    },
  }
}

function startThread(path: string, onEnd: () => void): Worker {
  const thread = new Worker(new URL('./sqlite-checkpoint-thread.ts', import.meta.url), { workerData: { path } })
  thread.unref()
  thread.once('exit', onEnd)
  // A failed checkpoint loses nothing: the log keeps every commit, and the next look starts a new thread.
  thread.once('error', onEnd)
  return thread
}
