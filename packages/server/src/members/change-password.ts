import { ClipiaError } from '../errors.ts'
import { isRefusal } from './is-refusal.ts'
import type { MemberDependencies } from './member.ts'

/** Gives the caller another password, ends their other sessions and answers the cookies of a new one. */
export async function changePassword(
  of: MemberDependencies,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  headers: Headers,
): Promise<readonly string[]> {
  const auth = await of.auth()
  try {
    const body = { currentPassword, newPassword, revokeOtherSessions: true }
    const answer = await auth.api.changePassword({ body, headers, returnHeaders: true })
    return answer.headers.getSetCookie()
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw new ClipiaError('invalid_request', 'The current password is wrong.', {
      param: 'current_password',
      cause: error,
    })
  }
}
