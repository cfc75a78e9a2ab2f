import type { EventHub } from './event-hub.ts'

/** What is waited for, by whom, and for how long at most. */
export interface Hold {
  hub: EventHub
  requestId: string
  /** The key the wait was opened with. */
  keyId: string
  waitMs: number
  /** Calls back when nobody is there any more to be answered. */
  onGone: (listener: () => void) => void
}

/**
 * Reads until what is read is enough, and answers the last it read: when the time is up, the caller is gone, its key is
 * revoked or the node stops, that is not enough. Between two reads it waits for news.
 */
export async function holdUntil<T extends { version: number }>(
  { hub, requestId, keyId, waitMs, onGone }: Hold,
  read: () => Promise<T>,
  isEnough: (state: T) => boolean,
): Promise<T> {
  let isOver = false
  let hasNews = false
  let endPause = () => {}
  const stop = () => {
    isOver = true
    endPause()
  }
  const watcher = {
    keyId,
    version: 0,
    onNews() {
      hasNews = true
      endPause()
    },
    onRelease: stop,
  }
  // Before the first read, so that nothing between that and the wait is missed.
  const unwatch = hub.watchRequest(requestId, watcher)
  const timer = setTimeout(stop, waitMs)
  onGone(stop)
  try {
    for (;;) {
      hasNews = false
      const isLast = isOver
      const state = await read()
      watcher.version = state.version
      if (isLast || isEnough(state)) return state
      if (!hasNews && !isOver) {
        await new Promise<void>((resolve) => {
          endPause = resolve
        })
      }
    }
  } finally {
    clearTimeout(timer)
    unwatch()
  }
}
