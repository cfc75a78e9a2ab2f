import type { Database } from '../database/database.ts'
import type { Role } from './member.ts'

/** Lists the accounts a user is a member of, with the role in each, longest first. */
export async function listAccountsOf(
  database: Database,
  userId: string,
): Promise<{ accountId: string; name: string; role: Role }[]> {
  const rows = await database.read<{ account_id: string; name: string; role: Role }>(
    `SELECT m.account_id, a.name, m.role FROM memberships m JOIN accounts a ON a.account_id = m.account_id
     WHERE m.user_id = $1 ORDER BY m.created_at, m.account_id`,
    [userId],
  )
  return rows.map(({ account_id, ...account }) => ({ accountId: account_id, ...account }))
}
