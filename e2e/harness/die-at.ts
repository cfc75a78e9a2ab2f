import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { isMainThread } from 'node:worker_threads'
import pg from 'pg'

// Loaded before the server by `node --import`: kills its process at the n-th statement it sends to its database, counted
// from the first request with the header `x-die-armed`. DIE_AT is n, DIE_SIDE whether the statement still happens
// (`after`) or not (`before`), DIE_LOG a file that gets every counted statement. Reads outside a transaction are not
// counted: between two of them nothing can differ.

// biome-ignore lint/style/noProcessEnv: this module has no other way to be told
const { DIE_AT, DIE_SIDE, DIE_LOG } = process.env
const READS = /^\s*(SELECT|LISTEN|PRAGMA)/i
let isArmed = false
let count = 0

/** Counts a statement about to be sent; answers what to do once it has happened. */
function meet(sql: string, isInTransaction: boolean): () => void {
  if (!isArmed || (!isInTransaction && READS.test(sql))) return () => {}
  count += 1
  const isLast = count === Number(DIE_AT)
  if (DIE_LOG !== undefined) appendFileSync(DIE_LOG, `${count} ${sql.replace(/\s+/g, ' ').slice(0, 90)}\n`)
  if (isLast && DIE_SIDE === 'before') die()
  return isLast && DIE_SIDE === 'after' ? die : () => {}
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

function patchSqlite(): void {
  const { exec, prepare } = DatabaseSync.prototype
  const { all } = StatementSync.prototype
  const origins = new WeakMap<StatementSync, { database: DatabaseSync; sql: string }>()
  DatabaseSync.prototype.exec = function (sql) {
    const happened = meet(sql, this.isTransaction)
    exec.call(this, sql)
    happened()
  }
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    const statement = prepare.call(this, sql, ...rest)
    origins.set(statement, { database: this, sql })
    return statement
  }
  StatementSync.prototype.all = function (this: StatementSync, ...values: unknown[]) {
    const origin = origins.get(this)
    const happened = meet(origin?.sql ?? '', origin?.database.isTransaction ?? false)
    const rows = all.apply(this, values as Parameters<typeof all>)
    happened()
    return rows
  } as typeof all
}

function patchPostgres(): void {
  const inTransaction = new WeakSet<object>()
  const { query } = pg.Client.prototype as unknown as { query: (...values: unknown[]) => unknown }
  const patched = function (this: object, ...values: unknown[]) {
    const [config] = values
    const sql = typeof config === 'string' ? config : String((config as { text?: string }).text)
    const happened = meet(sql, inTransaction.has(this))
    if (sql === 'BEGIN') inTransaction.add(this)
    if (sql === 'COMMIT' || sql === 'ROLLBACK') inTransaction.delete(this)
    const callback = values.at(-1)
    if (typeof callback === 'function') {
      const told = (...answer: unknown[]) => {
        happened()
        callback(...answer)
      }
      return query.call(this, ...values.slice(0, -1), told)
    }
    const answer = query.call(this, ...values)
    return answer instanceof Promise
      ? answer.then((rows: unknown) => {
          happened()
          return rows
        })
      : answer
  }
  pg.Client.prototype.query = patched as typeof pg.Client.prototype.query
}

if (DIE_AT !== undefined && isMainThread) {
  patchSqlite()
  patchPostgres()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: { headers: Record<string, unknown> } }
    isArmed ||= request.headers['x-die-armed'] !== undefined
  })
}
