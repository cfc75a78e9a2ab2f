import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { call } from './call.ts'

/** How often a page is read anew, in milliseconds. */
const LIVE_MS = 3_000

/** A page of a list, and where the next one begins. */
export interface ListPage<T> {
  data: T[]
  next_cursor: string | null
}

/**
 * A list that is read page by page: `path` may hold a query. Newest first; while `isLive`, what was read is read anew
 * every few seconds.
 */
export function useList<T>(queryKey: readonly unknown[], path: string, { isLive = false } = {}) {
  const separator = path.includes('?') ? '&' : '?'
  return useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call<ListPage<T>>(
        'GET',
        pageParam === null ? path : `${path}${separator}cursor=${encodeURIComponent(pageParam)}`,
        {
          signal,
        },
      ),
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
    // All pages are read anew: the more there are, the less often, so that the server is asked as much as before.
    refetchInterval: ({ state }) => (isLive ? LIVE_MS * (state.data?.pages.length ?? 1) : false),
  })
}

/** All rows that were read so far. */
export function rowsOf<T>(data: InfiniteData<ListPage<T>>): T[] {
  return data.pages.flatMap((page) => page.data)
}
