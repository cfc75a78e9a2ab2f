import type { Transaction } from '../database/database.ts'
import { takeTurn } from './take-turn.ts'

/**
 * Gives the free slots of a key to its oldest parked requests and answers how many it promoted. The caller must hold
 * the key's row, so that a slot is never given twice.
 */
export async function promoteParked(tx: Transaction, keyId: string): Promise<number> {
  for (let promoted = 0; ; promoted += 1) {
    const taken = await tx.query(
      `UPDATE api_keys SET held_count = held_count + 1
       WHERE key_id = $1 AND held_count < concurrency AND held_count < live_count RETURNING held_count`,
      [keyId],
    )
    if (taken.length === 0) return promoted
    const parked = await tx.query<{ request_id: string; account_id: string; pool: string }>(
      `SELECT request_id, account_id, pool FROM queue WHERE key_id = $1 AND stage = 'parked' ORDER BY seq LIMIT 1`,
      [keyId],
    )
    const next = parked[0]
    if (next === undefined) throw new Error(`key ${keyId} counts a parked request that is not there`)
    const turn = await takeTurn(tx, next.pool, next.account_id)
    await tx.query(`UPDATE queue SET stage = 'ready', turn = $2 WHERE request_id = $1`, [next.request_id, turn])
  }
}
