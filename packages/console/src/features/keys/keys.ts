import type { Key, Mode, SandboxScenario, Scope } from '@clipia/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../shared/api/call.ts'
import { queryClient } from '../../shared/api/query-client.ts'
import type { WantedChange } from './read-key-form.ts'

const KEYS = ['keys'] as const
const refresh = () => queryClient.invalidateQueries({ queryKey: KEYS })

/** What a new key is asked to be. */
export interface WantedKey {
  name: string
  mode: Mode
  scopes: Scope[]
  requests_per_minute?: number
  concurrency?: number
  budget?: number
  quote_above?: number
  scenario?: SandboxScenario
  allowed_models?: string[]
  expires_at?: string
}

/** A key that was just made: seen this once. */
export interface FreshKey {
  key: string
  key_id: string
}

/** The keys of the account. */
export function useKeys() {
  return useQuery({ queryKey: KEYS, queryFn: ({ signal }) => call<{ data: Key[] }>('GET', '/keys', { signal }) })
}

/** Makes a key. */
export function useCreateKey() {
  return useMutation({
    mutationFn: (body: WantedKey) => call<FreshKey>('POST', '/keys', { body }),
    onSuccess: refresh,
  })
}

/** Changes a key at once. */
export function useChangeKey() {
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: WantedChange }) => call<void>('POST', `/keys/${id}`, { body }),
    onSuccess: refresh,
  })
}

/** Revokes a key at once. */
export function useRevokeKey() {
  return useMutation({ mutationFn: (id: string) => call<void>('POST', `/keys/${id}/revoke`), onSuccess: refresh })
}

/** Makes a key like another, which works for some time more. */
export function useRotateKey() {
  return useMutation({
    mutationFn: ({ id, graceSeconds }: { id: string; graceSeconds: number }) =>
      call<FreshKey>('POST', `/keys/${id}/rotate`, { body: { grace_seconds: graceSeconds } }),
    onSuccess: refresh,
  })
}

/** How a key stands at a moment. */
export function stateOf(key: Key, nowMs: number): 'active' | 'revoked' | 'expired' {
  if (key.revoked_at !== null) return 'revoked'
  return key.expires_at !== null && Date.parse(key.expires_at) <= nowMs ? 'expired' : 'active'
}
