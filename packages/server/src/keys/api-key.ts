import type { Mode, SandboxScenario, Scope } from '@clipia/contract'

/** Limits of a key that was made without saying otherwise. */
export const DEFAULT_REQUESTS_PER_MINUTE = 120
export const DEFAULT_CONCURRENCY = 10

/** A key as the rules see it. The secret itself is nowhere. */
export interface ApiKey {
  keyId: string
  accountId: string
  name: string
  mode: Mode
  prefix: string
  scopes: readonly Scope[]
  requestsPerMinute: number
  /** Generations of this key that may be ready or running at once. */
  concurrency: number
  /** Slugs this key may use; null for all. */
  allowedModels: readonly string[] | null
  /** What the sandbox plays for a test key instead of completing at once; null for nothing. */
  scenario: SandboxScenario | null
  /** Credits above which a submit must bring a quote; null for never. */
  quoteThreshold: number | null
  expiresAt: number | null
  revokedAt: number | null
  createdAt: number
}

/** The columns of `api_keys` that {@link toApiKey} reads. */
export const API_KEY_COLUMNS = `key_id, account_id, name, mode, prefix, scopes, requests_per_minute, concurrency,
  allowed_models, scenario, quote_threshold, expires_at, revoked_at, created_at`

/** A row of `api_keys` with {@link API_KEY_COLUMNS}. */
export interface ApiKeyRow {
  key_id: string
  account_id: string
  name: string
  mode: Mode
  prefix: string
  scopes: string
  requests_per_minute: number
  concurrency: number
  allowed_models: string | null
  scenario: SandboxScenario | null
  quote_threshold: number | null
  expires_at: number | null
  revoked_at: number | null
  created_at: number
}

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    keyId: row.key_id,
    accountId: row.account_id,
    name: row.name,
    mode: row.mode,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes),
    requestsPerMinute: row.requests_per_minute,
    concurrency: row.concurrency,
    allowedModels: row.allowed_models === null ? null : JSON.parse(row.allowed_models),
    scenario: row.scenario,
    quoteThreshold: row.quote_threshold,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  }
}

/** Whether a key still opens anything: not revoked and not past its expiry. */
export function isUsable(key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, nowMs: number): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > nowMs)
}
