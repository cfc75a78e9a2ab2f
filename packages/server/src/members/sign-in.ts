import { ClipiaError } from '../errors.ts'
import { takeSignInToken } from '../limits/take-sign-in-token.ts'
import { isRefusal } from './is-refusal.ts'
import { type MemberDependencies, normalizeEmail } from './member.ts'

/** Where an attempt to sign in comes from. */
export interface Attempt {
  /** Address of the caller. */
  address: string
  userAgent: string
}

/** The headers under which the sign-in library keeps on record where a session came from. */
export function attemptHeaders({ address, userAgent }: Attempt): Headers {
  return new Headers({ 'x-clipia-caller': address, 'user-agent': userAgent })
}

/**
 * Signs a user in and answers the cookies of the new session. An unknown email and a wrong password are one answer and
 * take the same time. Attempts are bounded by address and by email, over all nodes.
 */
export async function signIn(
  of: MemberDependencies,
  { email, password }: { email: string; password: string },
  attempt: Attempt,
): Promise<readonly string[]> {
  await takeSignInToken(of.database, [`address ${attempt.address}`, `email ${normalizeEmail(email)}`], of.clock.now())
  const auth = await of.auth()
  try {
    const { headers } = await auth.api.signInEmail({
      body: { email: normalizeEmail(email), password },
      headers: attemptHeaders(attempt),
      returnHeaders: true,
    })
    return headers.getSetCookie()
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw new ClipiaError('invalid_credentials', 'The email or the password is wrong.', { cause: error })
  }
}

/** Ends the session of the cookie and answers the cookies that forget it. */
export async function signOut(of: MemberDependencies, headers: Headers): Promise<readonly string[]> {
  const auth = await of.auth()
  const answer = await auth.api.signOut({ headers, returnHeaders: true })
  return answer.headers.getSetCookie()
}
