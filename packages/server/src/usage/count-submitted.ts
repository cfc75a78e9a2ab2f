import type { Transaction } from '../database/database.ts'
import { usageDayOf } from './usage-day.ts'

/** Ends an INSERT of one submitted request into `usage_days`: adds it to those of its day. */
export const ADD_SUBMITTED = `ON CONFLICT (account_id, day, key_id, model) DO UPDATE
    SET requests = usage_days.requests + 1, charged = usage_days.charged + excluded.charged`

/**
 * Counts a live request into the usage of the day it is submitted on, in the transaction that makes it durable. The
 * caller holds the key's row, so that nobody else writes this one.
 */
export async function countSubmitted(
  tx: Transaction,
  submitted: { accountId: string; keyId: string; model: string; cost: number; nowMs: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO usage_days (account_id, day, key_id, model, requests, charged) VALUES ($1, $2, $3, $4, 1, $5)
     ${ADD_SUBMITTED}`,
    [submitted.accountId, usageDayOf(submitted.nowMs), submitted.keyId, submitted.model, submitted.cost],
  )
}
