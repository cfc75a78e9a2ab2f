import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { ConstraintError, DatabaseUnavailable, type Value } from './database.ts'

/** SQLite result codes this program tells apart (https://sqlite.org/rescode.html). */
const SQLITE = {
  busy: 5,
  check: 275,
  unique: 2067,
  primaryKey: 1555,
  rowId: 2579,
  constraint: 19,
  notADatabase: 26,
} as const
/** Primary codes that mean "cannot now", not "wrong statement": busy, locked, no memory, I/O, full, cannot open. */
const UNAVAILABLE_CODES = new Set([5, 6, 7, 10, 13, 14])

function resultCodeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0
}

/** Whether another process holds the write lock, so that the same call may succeed shortly. */
export function isBusy(error: unknown): boolean {
  return (resultCodeOf(error) & 0xff) === SQLITE.busy
}

/** Whether the file holds something else than a SQLite database. */
export function isNoDatabase(error: unknown): boolean {
  return (resultCodeOf(error) & 0xff) === SQLITE.notADatabase
}

/** Turns a `node:sqlite` error into one of the port's errors; anything else is a defect and stays as it is. */
export function translateSqliteError(error: unknown): unknown {
  const code = resultCodeOf(error)
  const message = error instanceof Error ? error.message : ''
  if (code === SQLITE.unique || code === SQLITE.primaryKey || code === SQLITE.rowId) {
    return new ConstraintError('unique', /failed: (\w+)\./.exec(message)?.[1] ?? '', error)
  }
  if (code === SQLITE.check) return new ConstraintError('check', /failed: (\w+)/.exec(message)?.[1] ?? '', error)
  if ((code & 0xff) === SQLITE.constraint) return new ConstraintError('other', message, error)
  if (UNAVAILABLE_CODES.has(code & 0xff)) return new DatabaseUnavailable(message, { cause: error })
  return error
}

/** A statement that is kept, with the names of its columns. */
interface Prepared {
  statement: StatementSync
  columns: readonly string[]
}

/** One `node:sqlite` connection that keeps its prepared statements and takes `$1` parameters. */
export class SqliteConnection {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, Prepared>()

  constructor(path: string, options: { readOnly: boolean }) {
    this.#database = new DatabaseSync(path, { readOnly: options.readOnly, timeout: 0 })
  }

  /** Runs one statement now; it blocks the event loop for as long as the statement takes. */
  run<R>(sql: string, parameters: readonly Value[] = []): R[] {
    let prepared = this.#statements.get(sql)
    if (prepared === undefined) {
      prepared = this.#prepare(sql)
      this.#statements.set(sql, prepared)
    }
    const { statement, columns } = prepared
    const rows = statement.all(...parameters) as unknown as Value[][]
    return rows.map((row) => toRow(row, columns)) as R[]
  }

  #prepare(sql: string): Prepared {
    // SQLite binds positional values to ?1, not to $1.
    const statement = this.#database.prepare(sql.replace(/\$(\d+)/g, '?$1'))
    // Rows as arrays, made into objects here, took half the time of objects made by the driver.
    statement.setReturnArrays(true)
    return { statement, columns: statement.columns().map(({ name }) => name) }
  }

  /** Runs several statements that take no parameters and answer nothing. */
  execute(sql: string): void {
    this.#database.exec(sql)
  }

  /** False once SQLite itself rolled the open transaction back, as it does on a full disk. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }
}

function toRow(values: readonly Value[], columns: readonly string[]): Record<string, Value> {
  const row: Record<string, Value> = {}
  for (let index = 0; index < columns.length; index += 1) row[columns[index] ?? ''] = values[index] ?? null
  return row
}
