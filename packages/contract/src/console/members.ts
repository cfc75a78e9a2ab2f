import Type from 'typebox'
import type { Operation } from '../operation.ts'
import { DONE, email, id, role, time } from './parameters.ts'

/** Who belongs to the account. */
export const MEMBER_OPERATIONS = {
  listMembers: {
    method: 'GET',
    path: '/console/v1/members',
    tag: 'Console',
    summary: 'List members',
    description: 'The members of the account, longest first.',
    auth: 'session',
    answers: {
      200: {
        description: 'The members.',
        schema: Type.Object(
          {
            data: Type.Array(
              Type.Object({
                user_id: id('user'),
                name: Type.String({ description: 'Name for people.' }),
                email,
                role,
                joined_at: time('When they became a member.'),
              }),
              { description: 'Longest first.' },
            ),
          },
          { title: 'MemberList' },
        ),
      },
    },
    errors: [],
  },
  inviteMember: {
    method: 'POST',
    path: '/console/v1/members',
    tag: 'Console',
    summary: 'Invite a member',
    description: 'Makes a one-time link for one email, valid for seven days. It is shown this once; send it yourself.',
    auth: 'session',
    role: 'owner',
    body: Type.Object({ email, role }, { title: 'InviteMemberBody', additionalProperties: false }),
    answers: {
      200: {
        description: 'The link.',
        schema: Type.Object(
          {
            url: Type.String({ format: 'uri', description: 'To be opened by who is invited.' }),
            expires_at: time('When it stops working.'),
          },
          { title: 'Invite' },
        ),
      },
    },
    errors: ['invalid_request', 'conflict'],
  },
  changeRole: {
    method: 'POST',
    path: '/console/v1/members/{id}',
    tag: 'Console',
    summary: 'Change a role',
    description: 'Gives a member another role. An account keeps at least one owner.',
    auth: 'session',
    role: 'owner',
    params: { id: id('user') },
    body: Type.Object({ role }, { title: 'ChangeRoleBody', additionalProperties: false }),
    answers: DONE,
    errors: ['invalid_request', 'not_found', 'conflict'],
  },
  removeMember: {
    method: 'DELETE',
    path: '/console/v1/members/{id}',
    tag: 'Console',
    summary: 'Remove a member',
    description: 'Ends a membership at once; what the member has running goes on. An account keeps at least one owner.',
    auth: 'session',
    role: 'owner',
    params: { id: id('user') },
    answers: DONE,
    errors: ['not_found', 'conflict'],
  },
} as const satisfies Record<string, Operation>
