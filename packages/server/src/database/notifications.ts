/** What is told between nodes: that something of a kind happened to something. Ids only; the news itself is read. */
export type NoticeListener = (topic: string, id: string) => void

/**
 * Tells every node on a database that something happened, this one at once. Notices carry ids only and may be lost: they
 * save time, nothing may depend on them.
 */
export interface Notifications {
  /** Whether notices can be lost, so that who waits for news must look from time to time. */
  readonly isLossy: boolean
  /**
   * To be called after the commit; it neither throws nor waits. A notice equal to one that is still to be sent is sent
   * once. `topic` and `id` hold no white space.
   */
  notify(topic: string, id: string): void
  /** Calls back for every notice until the answer is called. */
  listen(listener: NoticeListener): () => void
}

/** Notifications within this process, which lose nothing. A listener must not throw. */
export function createLocalNotifications(): Notifications {
  const listeners = new Set<NoticeListener>()
  return {
    isLossy: false,
    notify(topic, id) {
      for (const listener of listeners) listener(topic, id)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
