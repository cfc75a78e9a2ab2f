import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { allowedAtOnce, type Breaker } from './breaker.ts'

/** Where an account's webhooks go: a host with its port. Accounts share none, so none can spoil one for another. */
export interface Endpoint {
  accountId: string
  host: string
}

/** The endpoint of a URL that was checked. */
export function hostOf(url: string): string {
  return new URL(url).host
}

/**
 * Says that a delivery of an endpoint is due at `dueAt`. Its row is locked until the commit, and must be locked before
 * any of its deliveries is changed.
 */
export async function wakeEndpoint(tx: Transaction, { accountId, host }: Endpoint, dueAt: number): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_endpoints (account_id, host, next_at) VALUES ($1, $2, $3)
     ON CONFLICT (account_id, host) DO UPDATE SET next_at = CASE
       WHEN webhook_endpoints.next_at <= excluded.next_at THEN webhook_endpoints.next_at
       WHEN webhook_endpoints.blocked_until > excluded.next_at THEN webhook_endpoints.blocked_until
       ELSE excluded.next_at END`,
    [accountId, host, dueAt],
  )
}

/** Locks an endpoint until the commit and answers how it does. */
export async function lockEndpoint(
  database: Database,
  tx: Transaction,
  { accountId, host }: Endpoint,
): Promise<Breaker> {
  const row = firstOrNull(
    await tx.query<{ failures: number; blocked_until: number }>(
      `SELECT failures, blocked_until FROM webhook_endpoints
       WHERE account_id = $1 AND host = $2 ${database.capabilities.forUpdate}`,
      [accountId, host],
    ),
  )
  if (row === null) throw new Error(`the endpoint ${host} of account ${accountId} is gone`)
  return { failures: row.failures, blockedUntil: row.blocked_until }
}

/** Attempts of a locked endpoint that are under way on any node. Those whose lease ran out are not. */
export async function countRunning(tx: Transaction, { accountId, host }: Endpoint, nowMs: number): Promise<number> {
  const rows = await tx.query<{ running: number }>(
    `SELECT count(*) AS running FROM deliveries
     WHERE account_id = $1 AND host = $2 AND node IS NOT NULL AND due_at > $3`,
    [accountId, host, nowMs],
  )
  return rows[0]?.running ?? 0
}

const FIRST_DUE = `SELECT min(due_at) AS due_at FROM deliveries WHERE account_id = $1 AND host = $2 AND state = 'pending'`
const FIRST_LEASE_END = `SELECT min(due_at) AS due_at FROM deliveries
  WHERE account_id = $1 AND host = $2 AND node IS NOT NULL AND due_at > $3`

/**
 * Keeps the breaker of a locked endpoint and finds out when there is something to do for it next: when its next delivery
 * is due and the breaker lets it through, or, while it has all it may have under way, when the first lease ends; never
 * before `notBefore`.
 */
export async function placeEndpoint(
  tx: Transaction,
  endpoint: Endpoint,
  breaker: Breaker,
  nowMs: number,
  notBefore = 0,
): Promise<void> {
  const { accountId, host } = endpoint
  const isFull = (await countRunning(tx, endpoint, nowMs)) >= allowedAtOnce(breaker)
  const next = firstOrNull(
    isFull
      ? await tx.query<{ due_at: number | null }>(FIRST_LEASE_END, [accountId, host, nowMs])
      : await tx.query<{ due_at: number | null }>(FIRST_DUE, [accountId, host]),
  )
  const dueAt = next?.due_at ?? null
  const nextAt = dueAt === null || isFull ? dueAt : Math.max(dueAt, breaker.blockedUntil, notBefore)
  await tx.query(
    'UPDATE webhook_endpoints SET next_at = $3, failures = $4, blocked_until = $5 WHERE account_id = $1 AND host = $2',
    [accountId, host, nextAt, breaker.failures, breaker.blockedUntil],
  )
}
