import type { Mode } from '@clipia/contract'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { endingsId, TOPICS } from './announce.ts'
import { findUnusableKeys, readEndingVersions, readRequestVersions } from './read-versions.ts'

/** Why a wait is over before it got anywhere: the node stops, or the key it was opened with opens nothing any more. */
export type Release = 'draining' | 'revoked'

/** One who waits: a held answer or an open stream. Its callbacks must not throw. */
export interface Watcher {
  /** The key it was opened with. */
  readonly keyId: string
  /** The newest version it has seen; with a newer one in the database it is told again. */
  version: number
  /** There may be something newer than it has seen. */
  onNews(): void
  /** Waiting is over; it is watched no longer. */
  onRelease(reason: Release): void
  /** Once a second, for heartbeats. */
  onTick?(nowMs: number): void
}

/** Wakes those who wait on this node. */
export interface EventHub {
  /** Throws `rate_limit_exceeded` when a key has as many waits open as it may; watching throws the same. */
  checkRoom(keyId: string): void
  /** Watches a request; its version is that of `getStatus`. Answers how to stop. */
  watchRequest(requestId: string, watcher: Watcher): () => void
  /** Watches the ends of an account and mode; the version is the number of the last end. Answers how to stop. */
  watchEndings(accountId: string, mode: Mode, watcher: Watcher): () => void
  /** To be called once a second: looks for what no notice told, ends the waits of revoked keys, and ticks. */
  tend(): Promise<void>
  /** Releases everybody, now and from now on. */
  drain(): void
  /** How many wait. */
  size(): number
  close(): void
}

/** Keys are looked up this often: a revoked or expired one ends its streams so much later at most. */
const KEYS_EVERY_MS = 5_000

/** Streams and held answers a key may have open on one node. */
const MOST_A_KEY = 10_000

/**
 * Creates the hub of a node. Waiting costs an entry in a map: nobody polls for itself. Notices of all nodes wake the
 * watchers of what they name, or this node's worker (`onWork`) when one asks for others with room; where notices can be lost, one look a second covers all watchers together.
 */
export function createEventHub(database: Database, clock: Clock, onWork: () => void): EventHub {
  const requests = new Map<string, Set<Watcher>>()
  const endings = new Map<string, Set<Watcher>>()
  const keys = new Map<string, Set<Watcher>>()
  let isDraining = false
  let keysCheckedAt = clock.now()

  const stopListening = database.notifications.listen((topic, id) => {
    if (topic === TOPICS.work) onWork()
    const watchers =
      topic === TOPICS.request ? requests.get(id) : topic === TOPICS.endings ? endings.get(id) : undefined
    for (const watcher of watchers ?? []) watcher.onNews()
  })

  function checkRoom(keyId: string): void {
    if ((keys.get(keyId)?.size ?? 0) < MOST_A_KEY) return
    throw new ClipiaError('rate_limit_exceeded', `This key may have ${MOST_A_KEY} waits open at once.`, {
      retryAfterSeconds: 30,
    })
  }

  function watch(topics: Map<string, Set<Watcher>>, id: string, watcher: Watcher): () => void {
    if (isDraining) {
      queueMicrotask(() => watcher.onRelease('draining'))
      return () => {}
    }
    checkRoom(watcher.keyId)
    add(topics, id, watcher)
    add(keys, watcher.keyId, watcher)
    return () => {
      remove(topics, id, watcher)
      remove(keys, watcher.keyId, watcher)
    }
  }

  function release(watchers: Iterable<Watcher>, reason: Release): void {
    for (const watcher of [...watchers]) watcher.onRelease(reason)
  }

  async function look(
    topics: Map<string, Set<Watcher>>,
    read: (database: Database, ids: string[]) => Promise<Map<string, number>>,
  ): Promise<void> {
    if (topics.size === 0) return
    for (const [id, version] of await read(database, [...topics.keys()])) {
      for (const watcher of topics.get(id) ?? []) if (watcher.version < version) watcher.onNews()
    }
  }

  async function checkKeys(): Promise<void> {
    if (keys.size === 0 || clock.now() - keysCheckedAt < KEYS_EVERY_MS) return
    keysCheckedAt = clock.now()
    for (const keyId of await findUnusableKeys(database, [...keys.keys()], clock.now())) {
      release(keys.get(keyId) ?? [], 'revoked')
    }
  }

  return {
    checkRoom,
    watchRequest: (requestId, watcher) => watch(requests, requestId, watcher),
    watchEndings: (accountId, mode, watcher) => watch(endings, endingsId(accountId, mode), watcher),
    async tend() {
      const nowMs = clock.now()
      for (const watchers of [...keys.values()]) for (const watcher of [...watchers]) watcher.onTick?.(nowMs)
      await checkKeys()
      if (!database.notifications.isLossy) return
      await look(requests, readRequestVersions)
      await look(endings, readEndingVersions)
    },
    drain() {
      isDraining = true
      for (const watchers of [...keys.values()]) release(watchers, 'draining')
    },
    size: () => [...keys.values()].reduce((sum, watchers) => sum + watchers.size, 0),
    close: stopListening,
  }
}

function add(topics: Map<string, Set<Watcher>>, id: string, watcher: Watcher): void {
  const watchers = topics.get(id)
  if (watchers === undefined) topics.set(id, new Set([watcher]))
  else watchers.add(watcher)
}

function remove(topics: Map<string, Set<Watcher>>, id: string, watcher: Watcher): void {
  const watchers = topics.get(id)
  watchers?.delete(watcher)
  if (watchers?.size === 0) topics.delete(id)
}
