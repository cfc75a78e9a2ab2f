import type { Clock } from '../clock.ts'
import { ConstraintError, type Database, firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'

/** Credits given to an account. */
export interface Grant {
  accountId: string
  /** Micro-credits, more than 0. */
  amount: number
  /** An order number, say: the same reference can be booked once only. */
  reference?: string | undefined
  note?: string | undefined
}

/**
 * Books a grant and answers the balance after it, in micro-credits. A second grant with the same reference changes
 * nothing and is refused, so that a repeated command cannot pay twice.
 */
export async function grantCredits(database: Database, clock: Clock, grant: Grant): Promise<number> {
  if (!Number.isSafeInteger(grant.amount) || grant.amount <= 0) {
    throw new ClipiaError('invalid_request', 'credits must be more than 0', { param: 'credits' })
  }
  try {
    return await database.transaction(async (tx) => {
      const balance = firstOrNull(
        await tx.query<{ balance: number; last_seq: number }>(
          `UPDATE balances SET balance = balance + $2, last_seq = last_seq + 1
           WHERE account_id = $1 AND mode = 'live' RETURNING balance, last_seq`,
          [grant.accountId, grant.amount],
        ),
      )
      if (balance === null) throw new ClipiaError('not_found', `There is no account ${grant.accountId}.`)
      await tx.query(
        `INSERT INTO ledger_entries (account_id, mode, seq, kind, amount, balance_after, reference, note, created_at)
         VALUES ($1, 'live', $2, 'grant', $3, $4, $5, $6, $7)`,
        [
          grant.accountId,
          balance.last_seq,
          grant.amount,
          balance.balance,
          grant.reference ?? null,
          grant.note ?? null,
          clock.now(),
        ],
      )
      return balance.balance
    })
  } catch (error) {
    if (error instanceof ConstraintError && error.kind === 'unique') {
      throw new ClipiaError('invalid_request', `The reference ${grant.reference} was granted already.`, {
        param: 'reference',
      })
    }
    throw error
  }
}
