import type { Clock } from '../clock.ts'
import { toMicro } from '../credits/amount.ts'
import { grantCredits } from '../credits/grant-credits.ts'
import { type Database, firstOrNull } from '../database/database.ts'
import type { Identifiers } from '../identifiers.ts'
import { createKey } from '../keys/create-key.ts'
import { createAccount } from './create-account.ts'

/** Credits of the account that the first start makes. */
export const FIRST_CREDITS = 1_000

/** A node that began to make the account and left none within this time has died. */
const ABANDONED_AFTER_MS = 30_000

/** What the first start made; the keys are seen here and never again. */
export interface FirstAccount {
  accountId: string
  liveKey: string
  testKey: string
}

/**
 * On a database without accounts, makes one with 1,000 credits, a live and a test key; else answers null. Of several
 * nodes that start at once, one makes it. Killed in between, it leaves an account that the operator's commands can complete.
 */
export async function createFirstAccount(of: {
  database: Database
  clock: Clock
  identifiers: Identifiers
}): Promise<FirstAccount | null> {
  const existing = firstOrNull(await of.database.read('SELECT account_id FROM accounts LIMIT 1'))
  if (existing !== null) return null
  const nowMs = of.clock.now()
  const isOurs = await of.database.write(
    `UPDATE installation SET first_account_at = $1
     WHERE id = 1 AND (first_account_at IS NULL OR first_account_at < $2) RETURNING id`,
    [nowMs, nowMs - ABANDONED_AFTER_MS],
  )
  if (isOurs.length === 0) return null
  const accountId = await createAccount(of, 'First account')
  await grantCredits(of.database, of.clock, {
    accountId,
    amount: toMicro(FIRST_CREDITS),
    reference: 'first-start',
    note: 'Given at first start',
  })
  const live = await createKey(of, { accountId, mode: 'live' })
  const test = await createKey(of, { accountId, mode: 'test' })
  return { accountId, liveKey: live.key, testKey: test.key }
}
