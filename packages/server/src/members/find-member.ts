import { firstOrNull } from '../database/database.ts'
import type { Member, MemberDependencies, Role } from './member.ts'

/** A signed-in caller, and cookies to send when the session was prolonged. */
export interface SignedIn {
  member: Member
  cookies: readonly string[]
}

/**
 * Finds who a request's session cookie belongs to; null without a valid session, or for a user who is a member of no
 * account any more. The account is the one the session chose, while the membership lasts, else the first.
 */
export async function findMember(of: MemberDependencies, headers: Headers): Promise<SignedIn | null> {
  if (!headers.has('cookie')) return null
  const auth = await of.auth()
  const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true })
  if (response === null) return null
  const row = firstOrNull(
    await of.database.read<{ account_id: string; account_name: string; role: Role }>(
      `SELECT m.account_id, a.name AS account_name, m.role
       FROM sessions s JOIN memberships m ON m.user_id = s.user_id JOIN accounts a ON a.account_id = m.account_id
       WHERE s.id = $1
       ORDER BY CASE WHEN m.account_id = s.account_id THEN 0 ELSE 1 END, m.created_at, m.account_id LIMIT 1`,
      [response.session.id],
    ),
  )
  if (row === null) return null
  const { user, session } = response
  return {
    member: {
      userId: user.id,
      name: user.name,
      email: user.email,
      sessionId: session.id,
      accountId: row.account_id,
      accountName: row.account_name,
      role: row.role,
    },
    cookies: answered?.getSetCookie() ?? [],
  }
}
