import { firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { hashToken } from './hash-token.ts'
import type { MemberDependencies, Role } from './member.ts'

/** What a link is good for, told to whoever holds it. */
export interface Link {
  linkId: string
  /** The account it leads into and the role there; null for a new password of `userId`. */
  account: { accountId: string; name: string; role: Role } | null
  /** The only email an invitation is for, or whose password is renewed; null for an owner's link. */
  email: string | null
  userId: string | null
  expiresAt: number
}

/** Finds a link that can still be used; throws `invalid_request` for any other. Reading does not use it up. */
export async function readLink({ database, clock }: MemberDependencies, token: string): Promise<Link> {
  const row = firstOrNull(
    await database.read<{
      link_id: string
      account_id: string | null
      account_name: string | null
      role: Role | null
      email: string | null
      user_id: string | null
      expires_at: number
    }>(
      `SELECT l.link_id, l.account_id, a.name AS account_name, l.role, coalesce(l.email, u.email) AS email, l.user_id,
         l.expires_at
       FROM sign_in_links l LEFT JOIN accounts a ON a.account_id = l.account_id LEFT JOIN users u ON u.id = l.user_id
       WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2`,
      [hashToken(token), clock.now()],
    ),
  )
  if (row === null) throw linkRefusal()
  const { account_id: accountId, account_name: name, role } = row
  return {
    linkId: row.link_id,
    account: accountId === null || name === null || role === null ? null : { accountId, name, role },
    email: row.email,
    userId: row.user_id,
    expiresAt: row.expires_at,
  }
}

/** One answer for links that never were, are used up or too old. */
export function linkRefusal(): ClipiaError {
  return new ClipiaError('invalid_request', 'This link has expired or was used already; ask for another.', {
    param: 'token',
  })
}
