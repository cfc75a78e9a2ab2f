import { ConstraintError, firstOrNull, type Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { type MemberDependencies, normalizeEmail, PASSWORD_LENGTH } from './member.ts'
import { type Link, linkRefusal, readLink } from './read-link.ts'
import { type Attempt, signIn } from './sign-in.ts'

/** What comes with a link. */
export interface Redemption {
  token: string
  password: string
  /** Needed with an owner's link; an invitation has its own. */
  email?: string | undefined
  /** Needed for who has no user yet. */
  name?: string | undefined
}

/**
 * Uses a link up and signs its user in; answers the cookies. Link, user, password and membership are one transaction:
 * of two that race with the same link one wins, and a crash leaves either a link that works or a user who can sign in.
 * Somebody with a user already joins by giving their own password.
 */
export async function redeemLink(
  of: MemberDependencies,
  redemption: Redemption,
  attempt: Attempt,
): Promise<readonly string[]> {
  const link = await readLink(of, redemption.token)
  const email = normalizeEmail(link.email ?? redemption.email ?? '')
  const existing = firstOrNull(await of.database.read<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]))
  // Proof that the user is theirs comes before anything changes.
  const joined = existing !== null && link.userId === null
  checkRedemption(redemption, email, { isNewUser: existing === null, isNewPassword: !joined })
  const cookies = joined ? await signIn(of, { email, password: redemption.password }, attempt) : null
  const { password } = await (await of.auth()).$context
  const hash = joined ? null : await password.hash(redemption.password)
  const userId = existing?.id ?? of.identifiers.uuid()
  try {
    await of.database.transaction(async (tx) => {
      const now = of.clock.now()
      await useUp(tx, link, now)
      if (existing === null) await insertUser(tx, { userId, email, name: (redemption.name ?? '').trim(), now })
      if (hash !== null) await setPassword(tx, { credentialId: of.identifiers.uuid(), userId, hash, now })
      if (link.userId !== null) await tx.query('DELETE FROM sessions WHERE user_id = $1', [userId])
      if (link.account !== null) {
        await tx.query(
          `INSERT INTO memberships (user_id, account_id, role, created_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (user_id, account_id) DO UPDATE SET role = excluded.role`,
          [userId, link.account.accountId, link.account.role, now],
        )
      }
    })
  } catch (error) {
    if (error instanceof ConstraintError && error.kind === 'unique') {
      throw new ClipiaError('conflict', 'Somebody signed up with this email just now.', {
        param: 'email',
        cause: error,
      })
    }
    throw error
  }
  return cookies ?? signIn(of, { email, password: redemption.password }, attempt)
}

function checkRedemption(
  { password, name }: Redemption,
  email: string,
  { isNewUser, isNewPassword }: { isNewUser: boolean; isNewPassword: boolean },
): void {
  const refuse = (param: string, message: string) => {
    throw new ClipiaError('invalid_request', message, { param })
  }
  const { minimum, maximum } = PASSWORD_LENGTH
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) refuse('email', 'email must be an email address.')
  if (isNewUser && (name ?? '').trim() === '') refuse('name', 'name is required.')
  if (isNewPassword && (password.length < minimum || password.length > maximum)) {
    refuse('password', `password must have ${minimum} to ${maximum} characters.`)
  }
}

async function useUp(tx: Transaction, link: Link, now: number): Promise<void> {
  const used = await tx.query(
    'UPDATE sign_in_links SET used_at = $2 WHERE link_id = $1 AND used_at IS NULL AND expires_at > $2 RETURNING link_id',
    [link.linkId, now],
  )
  if (used.length === 0) throw linkRefusal()
}

async function insertUser(
  tx: Transaction,
  user: { userId: string; email: string; name: string; now: number },
): Promise<void> {
  await tx.query(
    'INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ($1, $2, $3, 0, $4, $4)',
    [user.userId, user.name, user.email, user.now],
  )
}

/** The shape in which the sign-in library looks for a password. */
async function setPassword(
  tx: Transaction,
  credential: { credentialId: string; userId: string; hash: string; now: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO credentials (id, user_id, provider_id, provider_user_id, password, created_at, updated_at)
     VALUES ($1, $2, 'credential', $2, $3, $4, $4)
     ON CONFLICT (provider_id, provider_user_id) DO UPDATE SET password = excluded.password, updated_at = excluded.updated_at`,
    [credential.credentialId, credential.userId, credential.hash, credential.now],
  )
}
