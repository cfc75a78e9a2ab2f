import { firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { hashToken } from './hash-token.ts'
import { type MemberDependencies, normalizeEmail, type Role } from './member.ts'

const MINUTE_MS = 60_000
/** An operator's link is used at once. */
const OPERATOR_LINK_MS = 10 * MINUTE_MS
/** An invitation waits for somebody to read their mail. */
const INVITE_MS = 7 * 24 * 60 * MINUTE_MS

/** A one-time link, seen here and never again. */
export interface NewLink {
  /** Goes behind the `#` of the console's welcome page, so that no server or log on the way sees it. */
  token: string
  /** Epoch milliseconds. */
  expiresAt: number
}

type LinkDependencies = Omit<MemberDependencies, 'auth'>

/** Makes the operator's link that lets whoever opens it become an owner of the account, within ten minutes. */
export function createOwnerLink(of: LinkDependencies, accountId: string): Promise<NewLink> {
  return insertLink(of, { accountId, role: 'owner', email: null, userId: null }, OPERATOR_LINK_MS)
}

/** Makes an invitation into the account for one email, valid for seven days. Throws `conflict` for who is in already. */
export async function createInvite(
  of: LinkDependencies,
  invite: { accountId: string; email: string; role: Role },
): Promise<NewLink> {
  const email = normalizeEmail(invite.email)
  const existing = await of.database.read(
    `SELECT 1 AS found FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email = $1 AND m.account_id = $2`,
    [email, invite.accountId],
  )
  if (existing.length > 0) throw new ClipiaError('conflict', `${email} is a member already.`, { param: 'email' })
  return insertLink(of, { ...invite, email, userId: null }, INVITE_MS)
}

/** Makes the operator's link by which a user who lost the password gives themselves another, within ten minutes. */
export async function createRecoveryLink(of: LinkDependencies, email: string): Promise<NewLink> {
  const sql = 'SELECT id FROM users WHERE email = $1'
  const user = firstOrNull(await of.database.read<{ id: string }>(sql, [normalizeEmail(email)]))
  if (user === null) throw new ClipiaError('not_found', `There is no user ${email}.`, { param: 'email' })
  return insertLink(of, { accountId: null, role: null, email: null, userId: user.id }, OPERATOR_LINK_MS)
}

async function insertLink(
  { database, clock, identifiers }: LinkDependencies,
  link: { accountId: string | null; role: Role | null; email: string | null; userId: string | null },
  validMs: number,
): Promise<NewLink> {
  const token = identifiers.bytes(32).toString('base64url')
  const expiresAt = clock.now() + validMs
  const inserted = await database.write(
    `INSERT INTO sign_in_links (link_id, token_hash, account_id, role, email, user_id, expires_at, created_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8
     WHERE CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM accounts WHERE account_id = $3) RETURNING link_id`,
    [identifiers.uuid(), hashToken(token), link.accountId, link.role, link.email, link.userId, expiresAt, clock.now()],
  )
  if (inserted.length === 0) throw new ClipiaError('not_found', `There is no account ${link.accountId}.`)
  return { token, expiresAt }
}
