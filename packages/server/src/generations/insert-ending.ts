import type { Mode } from '@clipia/contract'
import type { Transaction } from '../database/database.ts'

/**
 * Gives an end its place in the order in which the requests of an account and mode end. `seq` was counted up in the
 * balance row by the same transaction, whose lock makes commits follow the order.
 */
export async function insertEnding(
  tx: Transaction,
  ending: { accountId: string; mode: Mode; seq: number; requestId: string; nowMs: number },
): Promise<void> {
  await tx.query('INSERT INTO endings (account_id, mode, seq, request_id, ended_at) VALUES ($1, $2, $3, $4, $5)', [
    ending.accountId,
    ending.mode,
    ending.seq,
    ending.requestId,
    ending.nowMs,
  ])
}
