import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'

const MEMBERS = ['members'] as const
const refresh = () => queryClient.invalidateQueries({ queryKey: MEMBERS })

export type Role = 'owner' | 'member'

/** Somebody who belongs to the account. */
export interface Member {
  user_id: string
  name: string
  email: string
  role: Role
  joined_at: string
}

/** A link to send to who is invited; seen this once. */
export interface Invite {
  url: string
  expires_at: string
}

/** The members of the account. */
export function useMembers() {
  return useQuery({
    queryKey: MEMBERS,
    queryFn: ({ signal }) => call<{ data: Member[] }>('GET', '/members', { signal }),
  })
}

/** Makes an invitation. */
export function useInvite() {
  return useMutation({
    mutationFn: (body: { email: string; role: Role }) => call<Invite>('POST', '/members', { body }),
  })
}

/** Gives a member another role. */
export function useChangeRole() {
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => call<void>('POST', `/members/${id}`, { body: { role } }),
    onSettled: refresh,
  })
}

/** Ends a membership. */
export function useRemoveMember() {
  return useMutation({ mutationFn: (id: string) => call<void>('DELETE', `/members/${id}`), onSettled: refresh })
}
