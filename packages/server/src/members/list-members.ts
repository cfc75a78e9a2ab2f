import type { Database } from '../database/database.ts'
import type { Role } from './member.ts'

/** A member of an account, as the others see them. */
export interface ListedMember {
  userId: string
  name: string
  email: string
  role: Role
  /** Epoch milliseconds. */
  joinedAt: number
}

/** Lists who is a member of an account, longest first. */
export async function listMembers(database: Database, accountId: string): Promise<ListedMember[]> {
  const rows = await database.read<{ id: string; name: string; email: string; role: Role; created_at: number }>(
    `SELECT u.id, u.name, u.email, m.role, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.account_id = $1 ORDER BY m.created_at, u.id`,
    [accountId],
  )
  return rows.map(({ id, created_at, ...member }) => ({ userId: id, joinedAt: created_at, ...member }))
}
