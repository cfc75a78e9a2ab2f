import type { Session } from '@clipia/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ApiError, call } from '../../shared/api/call.ts'
import { queryClient, SESSION } from '../../shared/api/query-client.ts'

/** Who is signed in; null for nobody. */
export function useSession() {
  return useQuery({
    queryKey: SESSION,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await call<Session>('GET', '/session', { signal })
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_signed_in') return null
        throw error
      }
    },
  })
}

/** Puts a session, or its end, in place: what was read before belongs to nobody any more. */
export function replaceSession(session: Session | null): void {
  queryClient.setQueryData(SESSION, session)
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
}

/** Ends the session. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => call<void>('POST', '/sign-out'),
    onSuccess: () => replaceSession(null),
  })
}

/** Makes the session look at another account. */
export function useSwitchAccount() {
  return useMutation({
    mutationFn: (accountId: string) => call<Session>('POST', '/session/account', { body: { account_id: accountId } }),
    onSuccess: replaceSession,
  })
}
