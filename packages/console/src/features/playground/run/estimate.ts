import type { Estimate, Mode } from '@clipia/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, call } from '../../../shared/api/call.ts'
import type { Draft } from '../form/draft.ts'

/** How long after the last change the price is asked for. */
const PAUSE_MS = 250

/** A value that follows another once it has not changed for a while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The exact price of what is on screen, or what is wrong with it; the price before stays until the new one is there. None is asked for what is not `isComplete`. */
export function useEstimate(mode: Mode, slug: string, draft: Draft, isComplete: boolean) {
  const settled = useSettled(draft)
  const query = useQuery({
    queryKey: ['estimate', mode, slug, settled],
    enabled: isComplete,
    ...(isComplete && { placeholderData: keepPreviousData }),
    staleTime: 60_000,
    retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status !== 429),
    queryFn: ({ signal }) =>
      call<Estimate>('POST', `/${mode}/models/${encodeURIComponent(slug)}/estimate`, {
        body: { input: settled },
        signal,
      }),
  })
  // Only then is its quote for what is on screen.
  const isCurrent = settled === draft && query.isSuccess && !query.isPlaceholderData
  return { ...query, isCurrent }
}
