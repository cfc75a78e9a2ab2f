import pg from 'pg'
import { type Database, DatabaseUnavailable, type Row, type Transaction, type Value } from './database.ts'
import { isRetryable, translatePostgresError } from './postgres-errors.ts'
import { PostgresNotifications } from './postgres-notifications.ts'
import { PostgresPipeline } from './postgres-pipeline.ts'

const INT8 = 20
const RETRIES = 3

/** BIGINT as a JavaScript number; a value that would lose digits is an error, not an approximation. */
function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of the safe range: ${text}`)
  return value
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === INT8 ? parseSafeInteger : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** A pool whose connections may break at any moment: they are replaced. Without listeners that would end the process. */
function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  // Neither the pool nor who asked for it listens to a connection at the moment it is handed over.
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}

/**
 * Opens a PostgreSQL database by URL: a pool for everything that writes, pipelined connections for single reads.
 * Nothing is dialled before the first statement. `poolSize` bounds the writing connections of this node.
 */
export function openPostgres(url: string, { poolSize = 8 }: { poolSize?: number } = {}): Database {
  const connection = {
    connectionString: url,
    types,
    connectionTimeoutMillis: 5_000,
    application_name: 'clipia',
    // A second submit with the same Idempotency-Key waits for the first one's commit this long.
    options: '-c lock_timeout=2000 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000',
  }
  const pool = openPool({ ...connection, max: poolSize, idleTimeoutMillis: 30_000 })
  const pipeline = new PostgresPipeline(() => new pg.Client({ ...connection, pipeline: true }), 2)
  const notifications = new PostgresNotifications(
    // Notices need no disk: they are lost with the server anyway.
    () => new pg.Client({ ...connection, options: '-c synchronous_commit=off', keepAlive: true, query_timeout: 5_000 }),
  )
  const prepared = new Map<string, string>()

  const toQuery = (text: string, values: readonly Value[] = []): pg.QueryConfig => {
    const name = prepared.get(text) ?? `s${prepared.size}`
    prepared.set(text, name)
    return { name, text, values: [...values] }
  }

  async function runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const unavailable = (error: unknown) => {
      throw translatePostgresError(error, false)
    }
    const client = await pool.connect().catch(unavailable)
    const effects: (() => void)[] = []
    let isBroken = false
    let isCommitting = false
    const onError = () => {
      isBroken = true
    }
    client.on('error', onError)
    try {
      // A connection the server has ended may be met before the pool has noticed.
      await client.query('BEGIN').catch(unavailable)
      const value = await work({
        query: async <R>(sql: string, parameters?: readonly Value[]) => {
          try {
            return (await client.query(toQuery(sql, parameters))).rows as R[]
          } catch (error) {
            throw isRetryable(error) ? error : translatePostgresError(error, false)
          }
        },
        afterCommit: (effect) => void effects.push(effect),
      })
      isCommitting = true
      const { command } = await client.query('COMMIT')
      isCommitting = false
      // After a failed statement PostgreSQL answers COMMIT with ROLLBACK, not with an error.
      if (command !== 'COMMIT') throw new Error('the transaction swallowed the error of a statement')
      for (const effect of effects) effect()
      return value
    } catch (error) {
      if (!isCommitting) await client.query('ROLLBACK').catch(onError)
      else isBroken = true
      if (isCommitting && !isRetryable(error)) throw translatePostgresError(error, true)
      throw error
    } finally {
      client.off('error', onError)
      client.release(isBroken)
    }
  }

  async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(work)
      } catch (error) {
        if (!isRetryable(error)) throw error
        if (attempt === RETRIES) throw new DatabaseUnavailable('deadlock', { cause: error })
      }
    }
  }

  async function read<R = Row>(sql: string, parameters?: readonly Value[]): Promise<R[]> {
    try {
      return (await pipeline.query(toQuery(sql, parameters))) as R[]
    } catch (error) {
      throw translatePostgresError(error, false)
    }
  }

  return {
    capabilities: {
      skipLocked: 'FOR UPDATE SKIP LOCKED',
      forUpdate: 'FOR UPDATE',
      writableCte: true,
      keyCacheMs: 1_000,
      isExclusive: false,
      migrationLock: 'SELECT pg_advisory_xact_lock(4242001)',
      adaptSchema: (statement) => statement,
    },
    notifications,
    read,
    async write<R = Row>(sql: string, parameters?: readonly Value[]) {
      try {
        return (await pool.query(toQuery(sql, parameters))).rows as R[]
      } catch (error) {
        throw translatePostgresError(error, true)
      }
    },
    transaction,
    async now() {
      const sql = 'SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS now'
      const [row] = await read<{ now: number }>(sql)
      if (row === undefined) throw new DatabaseUnavailable('the database told no time')
      return row.now
    },
    async close() {
      await Promise.all([notifications.close(), pipeline.close(), pool.end()])
    },
  }
}
