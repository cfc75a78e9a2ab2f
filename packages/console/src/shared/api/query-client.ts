import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './call.ts'

/** Name of the query that holds who is signed in. */
export const SESSION = ['session'] as const

/** What was read, kept fresh: tries again what may pass, and signs out the page when the session is over. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      const isOver = error instanceof ApiError && error.code === 'not_signed_in'
      if (isOver && query.queryKey[0] !== SESSION[0]) void queryClient.invalidateQueries({ queryKey: SESSION })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
})
