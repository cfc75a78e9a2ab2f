import type { Transaction } from '../database/database.ts'
import { usageDayOf } from './usage-day.ts'

const COLUMNS = { COMPLETED: 'completed', FAILED: 'failed', CANCELED: 'canceled' } as const

/** A live request that ends, as its usage is counted; amounts in micro-credits, times in epoch milliseconds. */
export interface EndedUsage {
  accountId: string
  keyId: string
  model: string
  /** When it was submitted: the day it is counted on. */
  createdAt: number
  status: keyof typeof COLUMNS
  refunded: number
}

/** Counts the end of a live request into the usage of the day it was submitted on, in the transaction that ends it. */
export async function countEnded(tx: Transaction, ended: EndedUsage): Promise<void> {
  const column = COLUMNS[ended.status]
  await tx.query(
    `UPDATE usage_days SET ${column} = ${column} + 1, refunded = refunded + $5
     WHERE account_id = $1 AND day = $2 AND key_id = $3 AND model = $4`,
    [ended.accountId, usageDayOf(ended.createdAt), ended.keyId, ended.model, ended.refunded],
  )
}
