import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseUnavailable, type Transaction, type Value } from './database.ts'
import { isBusy, type SqliteConnection, translateSqliteError } from './sqlite-connection.ts'

interface Member {
  work: (tx: Transaction) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  effects: (() => void)[]
  outcome: { value: unknown } | { error: unknown } | null
}

/** How long a group waits for another process (an operator's command) to release the write lock. */
const BUSY_LIMIT_MS = 5_000
const BUSY_RETRY_MS = 5

/**
 * Runs transactions that arrive together as one `BEGIN ... COMMIT`, one after another, so that they share one disk
 * sync. A failing member is undone by its savepoint; if SQLite rolled everything back or the commit fails, every
 * member fails. Promises settle, and effects run, only after the commit.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection
  #waiting: Member[] = []
  #running: Promise<void> | null = null

  readonly #busyLimitMs: number

  constructor(connection: SqliteConnection, { busyLimitMs = BUSY_LIMIT_MS }: { busyLimitMs?: number } = {}) {
    this.#connection = connection
    this.#busyLimitMs = busyLimitMs
  }

  add<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject, effects: [], outcome: null })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when everything added so far has settled. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Everything the event loop has already received joins this group.
      await new Promise(setImmediate)
      const group = this.#waiting.splice(0)
      try {
        await this.#begin()
        await this.#runMembers(group)
        this.#connection.execute('COMMIT')
      } catch (error) {
        this.#rollback()
        const failure = translateSqliteError(error)
        for (const member of group) member.outcome = { error: failure }
      }
      settle(group)
    }
    this.#running = null
  }

  async #begin(): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += BUSY_RETRY_MS) {
      try {
        this.#connection.execute('BEGIN IMMEDIATE')
        return
      } catch (error) {
        // Retried here, not by SQLite's own time-out, because that would block the event loop.
        if (!isBusy(error) || waitedMs >= this.#busyLimitMs) throw error
      }
      await delay(BUSY_RETRY_MS)
    }
  }

  async #runMembers(group: Member[]): Promise<void> {
    for (const member of group) {
      this.#connection.execute('SAVEPOINT member')
      try {
        member.outcome = { value: await runAlone(member, this.#connection) }
      } catch (error) {
        if (!this.#connection.isInTransaction) throw error
        member.outcome = { error: translateSqliteError(error) }
        this.#connection.execute('ROLLBACK TO member')
      }
      this.#connection.execute('RELEASE member')
    }
  }

  #rollback(): void {
    if (this.#connection.isInTransaction) this.#connection.execute('ROLLBACK')
  }
}

function settle(group: Member[]): void {
  for (const { outcome, resolve, reject, effects } of group) {
    if (outcome !== null && 'value' in outcome) {
      for (const effect of effects) effect()
      resolve(outcome.value)
    } else {
      reject(outcome?.error ?? new DatabaseUnavailable('the group ended without an outcome'))
    }
  }
}

/**
 * Runs one member to its end. Statements finish synchronously, so a member that awaits nothing else is settled once
 * the microtasks are drained; one that is still pending then waits for something foreign and would hold up the
 * whole group, so it is refused.
 */
function runAlone(member: Member, connection: SqliteConnection): Promise<unknown> {
  let isOpen = true
  const tx: Transaction = {
    async query<R>(sql: string, parameters?: readonly Value[]) {
      if (!isOpen) throw new Error('this transaction has ended; its statements must be awaited inside it')
      try {
        return connection.run<R>(sql, parameters)
      } catch (error) {
        throw translateSqliteError(error)
      }
    },
    afterCommit: (effect) => void member.effects.push(effect),
  }
  return new Promise<unknown>((resolve, reject) => {
    const drained = setImmediate(() => {
      reject(new Error('a transaction may await only its own statements; this one awaited something else'))
    })
    member
      .work(tx)
      .then(resolve, reject)
      .finally(() => clearImmediate(drained))
      .catch(reject)
  }).finally(() => {
    isOpen = false
  })
}
