import { ClipiaError } from '../errors.ts'
import type { Notifications } from './notifications.ts'

/** What a statement takes and a row holds: both databases keep to text, whole numbers and NULL. */
export type Value = string | number | null

/** A row as read; callers name its shape. Numbers are safe integers, JSON is text. */
export type Row = Record<string, Value>

/** One transaction. Everything that happens through it commits together or not at all. */
export interface Transaction {
  /** Runs one statement and answers its rows (those of RETURNING for a write). */
  query<R = Row>(sql: string, parameters?: readonly Value[]): Promise<R[]>
  /** Runs an effect once the commit is durable, and never if it is not. The effect must not throw. */
  afterCommit(effect: () => void): void
}

/**
 * What truly differs between the databases, by name, so that the domain never asks which one it runs on.
 */
export interface Capabilities {
  /** Appended to a SELECT that claims rows, so that concurrent claimers pass each other; empty with a single writer. */
  skipLocked: string
  /** Appended to a SELECT whose row must stay as it is until the commit; empty with a single writer. */
  forUpdate: string
  /** Whether one statement may hold several data-modifying parts (`WITH x AS (INSERT ...)`). */
  writableCte: boolean
  /** How long a looked-up API key may be believed: 0 where reading it costs microseconds, else at most a second. */
  keyCacheMs: number
  /** Whether one process at most serves the database, so that at its start nothing of another can be alive. */
  isExclusive: boolean
  /** Statement that makes concurrent migrators take turns until the commit; empty with a single writer. */
  migrationLock: string
  /** Rewrites a schema statement into the database's own dialect. */
  adaptSchema: (statement: string) => string
}

/**
 * The seam to the database: single statements and transactions, nothing else. The same SQL text runs on both
 * implementations, with `$1` parameters.
 */
export interface Database {
  readonly capabilities: Capabilities
  /** How nodes on this database tell each other that there is news. */
  readonly notifications: Notifications
  /** Runs one reading statement outside any transaction; it sees every commit that was answered before the call. */
  read<R = Row>(sql: string, parameters?: readonly Value[]): Promise<R[]>
  /** Runs one writing statement as a transaction of its own. */
  write<R = Row>(sql: string, parameters?: readonly Value[]): Promise<R[]>
  /**
   * Runs `work` atomically. It resolves only after the commit is on disk and rejects when nothing was kept, except
   * that a {@link DatabaseUnavailable} with `isOutcomeUnknown` may stand for a commit whose answer was lost.
   * `work` may await only the statements of its own transaction, and may run again when the database resolves a
   * deadlock by undoing it.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** The database's own clock in epoch milliseconds, by which nodes agree on leases and deadlines. */
  now(): Promise<number>
  /** Finishes what was accepted and closes every connection. */
  close(): Promise<void>
}

/** A constraint refused the statement; nothing of the statement was kept. */
export class ConstraintError extends Error {
  readonly kind: 'unique' | 'check' | 'other'
  /** The constraint's name for a CHECK, the table's name for a uniqueness violation. */
  readonly subject: string

  constructor(kind: ConstraintError['kind'], subject: string, cause: unknown) {
    super(`${kind} constraint refused: ${subject}`, { cause })
    this.name = 'ConstraintError'
    this.kind = kind
    this.subject = subject
  }
}

/** The database cannot be reached or cannot keep the change (connection lost, disk full, locked too long). */
export class DatabaseUnavailable extends ClipiaError {
  /** True when a commit was sent and its answer never came: the change may or may not be durable. */
  readonly isOutcomeUnknown: boolean

  constructor(internal: string, options: { cause?: unknown; isOutcomeUnknown?: boolean } = {}) {
    super('service_unavailable', 'The database is not available; try again shortly.', {
      internal,
      cause: options.cause,
      retryAfterSeconds: 1,
    })
    this.name = 'DatabaseUnavailable'
    this.isOutcomeUnknown = options.isOutcomeUnknown ?? false
  }
}

/** A statement waited too long for another transaction's lock. */
export class LockTimeout extends DatabaseUnavailable {
  constructor(cause: unknown) {
    super('a lock was not released in time', { cause })
    this.name = 'LockTimeout'
  }
}

/** The first row of a result, or null. */
export function firstOrNull<R>(rows: readonly R[]): R | null {
  return rows[0] ?? null
}
