import type { KeyChange } from '@clipia/contract'
import type { Transaction } from '../database/database.ts'

/** Who does something to a key: the email of a member; null for the operator at the command line. */
export type Actor = string | null

/** Fields of a key as the wire names them, with what they were and what they are. */
export type FieldChanges = Record<string, readonly [before: string | number | null, after: string | number | null]>

/**
 * Writes down what was done to a key in the transaction that does it: there is no change without its record. The caller
 * has written the row of the key in it, so that two changes take their numbers one after the other.
 */
export async function recordChange(
  tx: Transaction,
  change: { keyId: string; kind: KeyChange['kind']; changes?: FieldChanges; actor: Actor; nowMs: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO key_changes (key_id, seq, kind, changed_by, changes, created_at)
     SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5 FROM key_changes WHERE key_id = $1`,
    [change.keyId, change.kind, change.actor, JSON.stringify(change.changes ?? {}), change.nowMs],
  )
}
