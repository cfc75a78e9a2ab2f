import type { Mode } from '@clipia/contract'
import type { Database, Transaction } from '../database/database.ts'
import { allowedAtOnce } from './breaker.ts'
import { countRunning, placeEndpoint } from './endpoint.ts'

/** A delivery this node holds a lease on, with all an attempt needs. */
export interface ClaimedDelivery {
  deliveryId: string
  requestId: string
  accountId: string
  mode: Mode
  host: string
  url: string
  /** The number of the claim: what records the attempt checks that it is still the latest. */
  fence: number
  /** Attempts since it was queued last, this one not included. */
  tries: number
  /** When it was queued last, in epoch milliseconds. */
  queuedAt: number
  /** Epoch milliseconds: from then on somebody else may make the attempt. */
  leaseEndsAt: number
}

/** How long a claim lasts: an attempt takes 10 s at most, and its record must be committed too. */
export const LEASE_MS = 30_000

/** Few a transaction: a terminal transition of the same account and host waits for their locks. */
const ENDPOINTS_A_CLAIM = 8

/** An endpoint whose account has all that this node may have under way of it is looked at again after this long. */
const NO_ROOM_RETRY_MS = 1_000

/** Who claims, and how much. */
interface Claim {
  node: string
  /** Deliveries at most. */
  limit: number
  /** How many more of an account this node takes. */
  roomOf: (accountId: string) => number
  nowMs: number
}

interface EndpointRow {
  account_id: string
  host: string
  failures: number
  blocked_until: number
}

interface DeliveryRow {
  delivery_id: string
  request_id: string
  mode: Mode
  url: string
  fence: number
  tries: number
  queued_at: number
  due_at: number
}

/**
 * Claims due deliveries, `limit` at most, endpoint by endpoint in the order in which there is something to do for them.
 * An endpoint with all it may have under way, or whose breaker is open, costs one look and is out of the way until that
 * changes; how much waits for it costs nothing. `looked` counts the endpoints.
 */
export async function claimDeliveries(
  database: Database,
  claim: Claim,
): Promise<{ claimed: ClaimedDelivery[]; looked: number }> {
  // Looking costs no write: an idle node must not begin a transaction several times a second.
  const due = await database.read('SELECT 1 AS due FROM webhook_endpoints WHERE next_at <= $1 LIMIT 1', [claim.nowMs])
  if (due.length === 0) return { claimed: [], looked: 0 }
  return database.transaction(async (tx) => {
    const endpoints = await tx.query<EndpointRow>(
      `SELECT account_id, host, failures, blocked_until FROM webhook_endpoints WHERE next_at <= $1
       ORDER BY next_at LIMIT ${ENDPOINTS_A_CLAIM} ${database.capabilities.skipLocked}`,
      [claim.nowMs],
    )
    const claimed: ClaimedDelivery[] = []
    for (const row of endpoints) {
      const taken = claimed.filter(({ accountId }) => accountId === row.account_id).length
      const limit = claim.limit - claimed.length
      const roomOf = (accountId: string) => claim.roomOf(accountId) - taken
      claimed.push(...(await claimEndpoint(tx, row, { ...claim, limit, roomOf })))
    }
    return { claimed, looked: endpoints.length }
  })
}

async function claimEndpoint(tx: Transaction, row: EndpointRow, claim: Claim): Promise<ClaimedDelivery[]> {
  const endpoint = { accountId: row.account_id, host: row.host }
  const breaker = { failures: row.failures, blockedUntil: row.blocked_until }
  const isBlocked = breaker.blockedUntil > claim.nowMs
  const room = isBlocked ? 0 : allowedAtOnce(breaker) - (await countRunning(tx, endpoint, claim.nowMs))
  const roomHere = claim.roomOf(row.account_id)
  const limit = Math.min(room, claim.limit, roomHere)
  const rows =
    limit <= 0
      ? []
      : await tx.query<DeliveryRow>(CLAIM, [
          endpoint.accountId,
          endpoint.host,
          claim.nowMs,
          limit,
          claim.node,
          claim.nowMs + LEASE_MS,
        ])
  // It is still due; others must not wait behind it, and other nodes may have room.
  const notBefore = roomHere - rows.length <= 0 ? claim.nowMs + NO_ROOM_RETRY_MS : 0
  await placeEndpoint(tx, endpoint, breaker, claim.nowMs, notBefore)
  return rows.map((delivery) => ({
    ...endpoint,
    deliveryId: delivery.delivery_id,
    requestId: delivery.request_id,
    mode: delivery.mode,
    url: delivery.url,
    fence: delivery.fence,
    tries: delivery.tries,
    queuedAt: delivery.queued_at,
    leaseEndsAt: delivery.due_at,
  }))
}

/** The endpoint is locked, so nobody else claims of it. MATERIALIZED, or PostgreSQL may evaluate the LIMIT again. */
const CLAIM = `WITH next AS MATERIALIZED (
    SELECT delivery_id FROM deliveries WHERE account_id = $1 AND host = $2 AND state = 'pending' AND due_at <= $3
    ORDER BY due_at, delivery_id LIMIT $4
  )
  UPDATE deliveries SET fence = fence + 1, node = $5, due_at = $6
  WHERE delivery_id IN (SELECT delivery_id FROM next)
  RETURNING delivery_id, request_id, mode, url, fence, tries, queued_at, due_at`
