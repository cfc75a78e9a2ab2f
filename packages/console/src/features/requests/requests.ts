import type { Mode, RequestEntry } from '@clipia/contract'
import { useList } from '../../shared/api/pages.ts'

/** How the id of a request looks. */
export const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a reader looks for in the history. Empty: anything. */
export interface RequestFilter {
  status: string
  model: string
}

/** The requests of the account in this mode, newest first, kept up to date. */
export function useRequests(mode: Mode, filter: RequestFilter, limit = 50) {
  const query = new URLSearchParams({ limit: String(limit) })
  for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, value)
  return useList<RequestEntry>(['requests', mode, filter, limit], `/${mode}/requests?${query}`, { isLive: true })
}

/** Seconds from submit to end; null while it is not over. */
export function tookSeconds({ created_at: created, completed_at: completed }: RequestEntry): number | null {
  return completed === undefined ? null : (Date.parse(completed) - Date.parse(created)) / 1000
}

/** A small picture of what a request made, where it made one. */
export function thumbnailOf({ output }: RequestEntry): string | null {
  return output?.images?.[0]?.url ?? null
}
