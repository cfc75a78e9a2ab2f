import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'

/** A backlog to make. */
export interface Backlog {
  pool: string
  /** Ready requests in all. */
  count: number
  /** Accounts they are spread over evenly, each with one key; default 1. */
  accounts?: number
  nowMs: number
}

function idPrefix(pool: string): string {
  return `${createHash('sha256').update(pool).digest('hex').slice(0, 8)}-0000-7000-8000-`
}

/** The id of the n-th request of a pool's backlog, counted from 1. */
export function backlogRequestId(pool: string, n: number): string {
  return idPrefix(pool) + String(n).padStart(12, '0')
}

/**
 * Puts a large backlog into the queue with a few statements, consistent with the ledger and all counters, as if it had
 * been submitted one by one (at no cost). One backlog a pool and database. `count` must be a multiple of `accounts`.
 */
export async function fillQueue(database: Database, { pool, count, accounts = 1, nowMs }: Backlog): Promise<void> {
  const each = count / accounts
  const numbers = (limit: number) =>
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${limit})`
  const accountId = (n: string) => `'${pool}-account-' || ${n}`
  const keyId = (n: string) => `'${pool}-key-' || ${n}`
  const requestId = `'${idPrefix(pool)}' || substr(CAST(1000000000000 + n AS TEXT), 2)`
  // Requests go round the accounts, so that the n-th of each has the same turn.
  const owner = `(n - 1) % ${accounts} + 1`
  const seq = `(n - 1) / ${accounts} + 1`
  const now = `CAST(${nowMs} AS BIGINT)`
  const statements = [
    `${numbers(accounts)} INSERT INTO accounts (account_id, name, created_at)
     SELECT ${accountId('n')}, 'Backlog', ${now} FROM numbers`,
    `${numbers(accounts)} INSERT INTO balances (account_id, mode, balance, reserved, last_seq)
     SELECT ${accountId('n')}, 'live', 0, 0, ${each} FROM numbers`,
    `${numbers(accounts)} INSERT INTO lanes (pool, account_id, turn) SELECT '${pool}', ${accountId('n')}, ${each} FROM numbers`,
    `${numbers(accounts)} INSERT INTO api_keys (key_id, account_id, name, mode, hash, prefix, scopes, requests_per_minute,
       concurrency, created_at, last_seq, live_count, held_count)
     SELECT ${keyId('n')}, ${accountId('n')}, 'Backlog', 'live', ${keyId('n')}, '', '["generate"]', 100,
       10000000, ${now}, ${each}, ${each}, ${each} FROM numbers`,
    `${numbers(count)} INSERT INTO requests (request_id, account_id, key_id, mode, model, status, version, input, job, cost,
       price_version, created_at)
     SELECT ${requestId}, ${accountId(`(${owner})`)}, ${keyId(`(${owner})`)}, 'live', 'remote-1', 'IN_QUEUE', 1,
       '{"prompt":"x"}', '{"engine":"${pool}","type":"image","settings":{}}', 0, '', ${now} FROM numbers`,
    `${numbers(count)} INSERT INTO ledger_entries (account_id, mode, seq, kind, request_id, amount, balance_after, created_at)
     SELECT ${accountId(`(${owner})`)}, 'live', ${seq}, 'charge', ${requestId}, 0, 0, ${now} FROM numbers`,
    `${numbers(accounts)} INSERT INTO usage_days (account_id, day, key_id, model, requests)
     SELECT ${accountId('n')}, ${Math.floor(nowMs / 86_400_000)}, ${keyId('n')}, 'remote-1', ${each} FROM numbers`,
    `${numbers(count)} INSERT INTO queue (request_id, account_id, key_id, pool, seq, stage, turn, deadline_at, run_limit_ms)
     SELECT ${requestId}, ${accountId(`(${owner})`)}, ${keyId(`(${owner})`)}, '${pool}', ${seq}, 'ready', ${seq},
       ${now} + 86400000, 600000 FROM numbers`,
  ]
  await database.transaction(async (tx) => {
    for (const statement of statements) await tx.query(statement)
  })
}
