import type { Link, SESSION_OPERATIONS, Session } from '@clipia/contract'
import { ClipiaError } from '../../../errors.ts'
import { changePassword } from '../../../members/change-password.ts'
import { findMember } from '../../../members/find-member.ts'
import { listAccountsOf } from '../../../members/list-accounts-of.ts'
import type { Member } from '../../../members/member.ts'
import { readLink } from '../../../members/read-link.ts'
import { redeemLink } from '../../../members/redeem-link.ts'
import { endSession, listSessions, switchAccount } from '../../../members/sessions.ts'
import { signIn, signOut } from '../../../members/sign-in.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

/** Signing in and out, links and sessions. */
export function sessionRoutes(services: Services): Pick<ConsoleHandlers, keyof typeof SESSION_OPERATIONS> {
  /** Words the session that a set of cookies begins. */
  const begin = async (cookies: readonly string[]) => {
    const cookie = cookies.map((text) => text.split(';', 1)[0]).join('; ')
    const signedIn = await findMember(services, new Headers({ cookie }))
    if (signedIn === null) throw new ClipiaError('forbidden', 'This user is a member of no account any more.')
    return { body: await describe(services, signedIn.member), headers: { 'set-cookie': [...cookies] } }
  }

  return {
    signIn: async ({ body, attempt }) => begin(await signIn(services, body, attempt)),
    signOut: async ({ headers }) => ({
      status: 204,
      body: null,
      headers: { 'set-cookie': [...(await signOut(services, headers))] },
    }),
    getSession: async ({ member }) => ({ body: await describe(services, member) }),
    switchAccount: async ({ member, body, headers }) => {
      await switchAccount(services, { ...member, accountId: body.account_id })
      const switched = await findMember(services, headers)
      return { body: await describe(services, switched?.member ?? member) }
    },
    changePassword: async ({ body, headers }) => {
      const passwords = { currentPassword: body.current_password, newPassword: body.new_password }
      const cookies = await changePassword(services, passwords, headers)
      return { status: 204, body: null, headers: { 'set-cookie': [...cookies] } }
    },
    listSessions: async ({ member }) => {
      const sessions = await listSessions(services, member.userId)
      return {
        body: {
          data: sessions.map(({ sessionId, address, userAgent, createdAt, expiresAt }) => ({
            session_id: sessionId,
            is_current: sessionId === member.sessionId,
            address,
            user_agent: userAgent,
            created_at: new Date(createdAt).toISOString(),
            expires_at: new Date(expiresAt).toISOString(),
          })),
        },
      }
    },
    endSession: async ({ member, params }) => {
      await endSession(services, { userId: member.userId, sessionId: params.id })
      return { status: 204, body: null }
    },
    readLink: async ({ body }) => {
      const { account, email, expiresAt } = await readLink(services, body.token)
      const link: Link = {
        purpose: account === null ? 'recover' : 'join',
        account_name: account?.name ?? null,
        role: account?.role ?? null,
        email,
        expires_at: new Date(expiresAt).toISOString(),
      }
      return { body: link }
    },
    redeemLink: async ({ body, attempt }) => begin(await redeemLink(services, body, attempt)),
  }
}

async function describe({ database }: Services, member: Member): Promise<Session> {
  const accounts = await listAccountsOf(database, member.userId)
  return {
    session_id: member.sessionId,
    user: { user_id: member.userId, name: member.name, email: member.email },
    account: { account_id: member.accountId, name: member.accountName, role: member.role },
    accounts: accounts.map(({ accountId, name, role }) => ({ account_id: accountId, name, role })),
  }
}
