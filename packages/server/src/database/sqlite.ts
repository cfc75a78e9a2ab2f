import { closeSync, openSync } from 'node:fs'
import { type Database, DatabaseUnavailable, type Row, type Transaction, type Value } from './database.ts'
import { GroupCommit } from './group-commit.ts'
import { createLocalNotifications } from './notifications.ts'
import { startCheckpoints } from './sqlite-checkpoints.ts'
import { isNoDatabase, SqliteConnection, translateSqliteError } from './sqlite-connection.ts'

/** STRICT tables know INTEGER, not BIGINT. */
const adaptSchema = (statement: string): string =>
  statement.replaceAll('BIGINT', 'INTEGER').replace(/^(CREATE TABLE[\s\S]*\))$/, '$1 STRICT')

/** Opens the writing connection; a new file, and the log beside it, are for their owner's eyes only. */
function openWriter(path: string): SqliteConnection {
  closeSync(openSync(path, 'a', 0o600))
  const writer = new SqliteConnection(path, { readOnly: false })
  try {
    writer.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    return writer
  } catch (error) {
    writer.close()
    if (!isNoDatabase(error)) throw error
    throw new Error(`${path} is no database: restore it from a backup, or choose another CLIPIA_DATA_DIR`, {
      cause: error,
    })
  }
}

/**
 * Opens (and creates) a SQLite database file: write-ahead log, every commit synced to disk, one writing connection
 * with group commit and one reading connection beside it. Throws when the file cannot be opened or written.
 */
export function openSqlite(path: string): Database {
  const writer = openWriter(path)
  // Checkpoints in the writer made a p99 of 190 ms under load; a thread of their own does them.
  writer.execute('PRAGMA wal_autocheckpoint = 100000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;')
  const reader = new SqliteConnection(path, { readOnly: true })
  const group = new GroupCommit(writer)
  const checkpoints = startCheckpoints(path)
  let isClosed = false

  const transaction = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    isClosed ? Promise.reject(new DatabaseUnavailable('the database is closed')) : group.add(work)

  return {
    capabilities: {
      skipLocked: '',
      forUpdate: '',
      writableCte: false,
      keyCacheMs: 0,
      isExclusive: true,
      migrationLock: '',
      adaptSchema,
    },
    // One process serves the file.
    notifications: createLocalNotifications(),
    async read<R = Row>(sql: string, parameters?: readonly Value[]) {
      if (isClosed) throw new DatabaseUnavailable('the database is closed')
      try {
        return reader.run<R>(sql, parameters)
      } catch (error) {
        throw translateSqliteError(error)
      }
    },
    write: <R = Row>(sql: string, parameters?: readonly Value[]) => transaction((tx) => tx.query<R>(sql, parameters)),
    transaction,
    // One process serves the file, so its clock is the database's clock.
    now: async () => Date.now(),
    async close() {
      isClosed = true
      await group.idle()
      await checkpoints.stop()
      reader.close()
      writer.close()
    },
  }
}
