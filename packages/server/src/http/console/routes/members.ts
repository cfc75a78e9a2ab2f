import type { MEMBER_OPERATIONS } from '@clipia/contract'
import { changeRole, removeMember } from '../../../members/change-members.ts'
import { createInvite } from '../../../members/create-link.ts'
import { linkUrl } from '../../../members/link-url.ts'
import { listMembers } from '../../../members/list-members.ts'
import type { Services } from '../../services.ts'
import type { ConsoleHandlers } from '../console-handler.ts'

/** Who belongs to the account. */
export function memberRoutes(services: Services): Pick<ConsoleHandlers, keyof typeof MEMBER_OPERATIONS> {
  return {
    listMembers: async ({ member }) => {
      const members = await listMembers(services.database, member.accountId)
      return {
        body: {
          data: members.map(({ userId, joinedAt, ...rest }) => ({
            user_id: userId,
            ...rest,
            joined_at: new Date(joinedAt).toISOString(),
          })),
        },
      }
    },
    inviteMember: async ({ member, body }) => {
      const { token, expiresAt } = await createInvite(services, { accountId: member.accountId, ...body })
      return { body: { url: linkUrl(services.publicUrl(), token), expires_at: new Date(expiresAt).toISOString() } }
    },
    changeRole: async ({ member, params, body }) => {
      await changeRole(services, { accountId: member.accountId, userId: params.id, role: body.role })
      return { status: 204, body: null }
    },
    removeMember: async ({ member, params }) => {
      await removeMember(services, { accountId: member.accountId, userId: params.id })
      return { status: 204, body: null }
    },
  }
}
