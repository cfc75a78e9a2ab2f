import type { Watcher } from '../events/event-hub.ts'
import type { EventStream } from './event-stream.ts'

/** How long a stream may be silent: proxies close what is idle for a minute or less. */
export const HEARTBEAT_MS = 15_000

/** What a stream follows. */
export interface Followed {
  /** The key it was opened with. */
  keyId: string
  /** Begins to watch for news; answers how to stop. */
  watch(watcher: Watcher): () => void
  /**
   * Sends what is new. Answers the version it has reached, whether it is the last, and whether there is more already.
   * Called at the beginning, whenever there may be news, and at every heartbeat; never twice at once and not while the
   * client reads too slowly.
   */
  refresh(): Promise<{ version: number; isLast: boolean; hasMore: boolean }>
  /** A refresh failed; it is made again within a second. */
  onFailure(error: unknown): void
}

/**
 * Keeps a stream up to date until it has sent the last, the client goes away, its key is revoked or the node drains.
 * Nothing of it is left then. What is being sent when it is released is still sent: also a stream that is opened while
 * the node drains tells how things stand.
 */
export function follow(stream: EventStream, followed: Followed, nowMs: number): void {
  let isOver = stream.isClosed
  if (isOver) return
  let isBusy = false
  let isReleased = false
  let hasNews = false
  let isStuck = false
  let isWaitingForDrain = false
  let beatAt = nowMs

  const watcher: Watcher = {
    keyId: followed.keyId,
    version: 0,
    onNews() {
      hasNews = true
      void refresh()
    },
    onRelease() {
      isReleased = true
      if (!isBusy) end()
    },
    onTick(tickMs) {
      if (tickMs - beatAt >= HEARTBEAT_MS) beat(tickMs)
      // What failed is made again.
      else if (hasNews) void refresh()
    },
  }
  const unwatch = followed.watch(watcher)
  stream.onClose(() => {
    isOver = true
    unwatch()
  })
  watcher.onNews()

  function end(): void {
    if (isOver) return
    isOver = true
    unwatch()
    stream.end()
  }

  function beat(tickMs: number): void {
    beatAt = tickMs
    if (!stream.isFull) {
      isStuck = false
      stream.comment('heartbeat')
      watcher.onNews()
    } else if (isStuck) {
      // Two heartbeats long it took nothing.
      stream.destroy()
    } else {
      isStuck = true
    }
  }

  function waitForDrain(): void {
    if (isWaitingForDrain) return
    isWaitingForDrain = true
    stream.onDrain(() => {
      isWaitingForDrain = false
      watcher.onNews()
    })
  }

  async function refresh(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      while (hasNews && !isOver) {
        if (stream.isFull) {
          waitForDrain()
          return
        }
        hasNews = false
        const { version, isLast, hasMore } = await followed.refresh()
        hasNews ||= hasMore
        watcher.version = version
        if (isLast || isReleased) end()
      }
    } catch (error) {
      hasNews = true
      followed.onFailure(error)
    } finally {
      isBusy = false
      if (isReleased) end()
    }
  }
}
