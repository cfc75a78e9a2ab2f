import type { Transaction } from '../database/database.ts'

/** Ends an INSERT into `lanes` of the pool's own turn: answers that, or the turn behind the account's last one. */
export const NEXT_TURN = `ON CONFLICT (pool, account_id) DO UPDATE
    SET turn = CASE WHEN lanes.turn >= excluded.turn THEN lanes.turn + 1 ELSE excluded.turn END
  RETURNING turn`

/**
 * Start-time fair queueing: an account that was idle in this pool starts at the turn that was claimed last, a busy one
 * behind its own last turn. So a backlog of any size delays another account's first request by one turn at most, and
 * an account that was busy yesterday owes nothing today. The pool's own turn, not the smallest one waiting, is the
 * reference: the latter falls back to nothing when the pool runs empty, and a newcomer would then overtake everyone
 * for as many turns as the pool has ever given.
 */
const TAKE_TURN = `INSERT INTO lanes (pool, account_id, turn)
  SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), coalesce((SELECT turn FROM pools WHERE pool = $1), 0)
  WHERE true
  ${NEXT_TURN}`

/** Takes the account's next turn in a pool. */
export async function takeTurn(tx: Transaction, pool: string, accountId: string): Promise<number> {
  const rows = await tx.query<{ turn: number }>(TAKE_TURN, [pool, accountId])
  const turn = rows[0]?.turn
  if (turn === undefined) throw new Error('a lane answered no turn')
  return turn
}
