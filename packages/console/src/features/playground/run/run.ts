import type { Mode, Result, StatusAnswer, Submitted } from '@clipia/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../shared/api/call.ts'
import { queryClient } from '../../../shared/api/query-client.ts'
import type { Draft } from '../form/draft.ts'

/** Statuses after which nothing changes any more. */
const TERMINAL: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELED'])

/** Whether a request is over. */
export function isTerminal(status: string): boolean {
  return TERMINAL.has(status)
}

/** Submits what is on screen at the price that was shown: with its quote, no other can be charged. */
export function useSubmit(mode: Mode, slug: string) {
  return useMutation({
    mutationFn: ({ input, quote }: { input: Draft; quote: string | undefined }) =>
      call<Submitted>('POST', `/${mode}/models/${encodeURIComponent(slug)}`, {
        body: { input, ...(quote !== undefined && { quote }) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['requests', mode] })
      void queryClient.invalidateQueries({ queryKey: ['account', mode] })
    },
  })
}

/** Asks for a request to be stopped. */
export function useCancel(mode: Mode) {
  return useMutation({
    mutationFn: (id: string) => call<StatusAnswer>('POST', `/${mode}/requests/${id}/cancel`),
  })
}

/** The status of a request as it changes, from the server's events; a broken stream comes back by itself. */
export function useLiveStatus(mode: Mode, id: string | null): StatusAnswer | null {
  const [status, setStatus] = useState<StatusAnswer | null>(null)
  useEffect(() => {
    setStatus(null)
    if (id === null) return
    const stream = new EventSource(`/console/v1/${mode}/requests/${id}/events`)
    stream.addEventListener('status', ({ data }) => {
      const next = JSON.parse(data) as StatusAnswer
      setStatus(next)
      if (isTerminal(next.status)) stream.close()
    })
    return () => stream.close()
  }, [mode, id])
  return status
}

/** The result of a request that is over. */
export function useResult(mode: Mode, id: string | null, isOver: boolean) {
  return useQuery({
    queryKey: ['result', mode, id],
    enabled: id !== null && isOver,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const result = await call<Result>('GET', `/${mode}/requests/${id}`, { signal })
      void queryClient.invalidateQueries({ queryKey: ['requests', mode] })
      void queryClient.invalidateQueries({ queryKey: ['account', mode] })
      return result
    },
  })
}
