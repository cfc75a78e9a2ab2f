import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { MemberDependencies, Role } from './member.ts'

/** Gives a member another role. The last owner of an account stays one: `conflict`. */
export async function changeRole(
  { database }: Pick<MemberDependencies, 'database'>,
  { accountId, userId, role }: { accountId: string; userId: string; role: Role },
): Promise<void> {
  await database.transaction(async (tx) => {
    await lockMembers(database, tx, accountId, userId, role !== 'owner')
    await tx.query('UPDATE memberships SET role = $3 WHERE account_id = $1 AND user_id = $2', [accountId, userId, role])
  })
}

/**
 * Ends a membership, and with it what the member could run in the console; requests under way go on. The last owner
 * of an account cannot leave: `conflict`.
 */
export async function removeMember(
  { database, clock }: Pick<MemberDependencies, 'database' | 'clock'>,
  { accountId, userId }: { accountId: string; userId: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    await lockMembers(database, tx, accountId, userId, true)
    await tx.query('DELETE FROM memberships WHERE account_id = $1 AND user_id = $2', [accountId, userId])
    await tx.query(
      'UPDATE api_keys SET revoked_at = $3 WHERE account_id = $1 AND user_id = $2 AND revoked_at IS NULL',
      [accountId, userId, clock.now()],
    )
  })
}

/** Makes changes of an account's members take turns, so that two owners cannot make each other the last one gone. */
async function lockMembers(
  database: Database,
  tx: Transaction,
  accountId: string,
  userId: string,
  isLosingOwner: boolean,
): Promise<void> {
  const members = await tx.query<{ user_id: string; role: Role }>(
    `SELECT user_id, role FROM memberships WHERE account_id = $1 ORDER BY user_id ${database.capabilities.forUpdate}`,
    [accountId],
  )
  const member = firstOrNull(members.filter(({ user_id }) => user_id === userId))
  if (member === null) throw new ClipiaError('not_found', `There is no member ${userId}.`)
  const owners = members.filter(({ role }) => role === 'owner')
  if (isLosingOwner && member.role === 'owner' && owners.length === 1) {
    throw new ClipiaError('conflict', 'An account keeps at least one owner.')
  }
}
