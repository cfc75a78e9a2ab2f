import { MODES, type Mode, SCOPES, type Scope } from '@clipia/contract/operation'
import type { SandboxScenario } from '@clipia/contract/scenarios'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { Identifiers } from '../identifiers.ts'
import { DEFAULT_CONCURRENCY, DEFAULT_REQUESTS_PER_MINUTE } from './api-key.ts'
import { checkScenario } from './check-scenario.ts'
import { checkSpending } from './check-spending.ts'
import { hashKey, makeKey, prefixOfKey } from './key-format.ts'
import { type Actor, recordChange } from './record-change.ts'

/** What a new key may say about itself; everything but account and mode has a default. */
export interface NewKey {
  accountId: string
  mode: Mode
  /** Default `live key` or `test key`. */
  name?: string | undefined
  /** Default both. */
  scopes?: readonly Scope[] | undefined
  /** Default 120. */
  requestsPerMinute?: number | undefined
  /** Default 10. */
  concurrency?: number | undefined
  /** Epoch milliseconds; default never. */
  expiresAt?: number | undefined
  /** Micro-credits the key may spend in all; default no limit. */
  budget?: number | undefined
  /** Credits above which a submit must bring a quote; default never. */
  quoteThreshold?: number | undefined
  /** What the sandbox plays for a test key; default nothing, it completes at once. */
  scenario?: SandboxScenario | undefined
  /** Slugs; default all models. */
  allowedModels?: readonly string[] | undefined
}

/** Makes a key and stores its hash. The answer is the only time the key is seen. */
export async function createKey(
  { database, clock, identifiers }: { database: Database; clock: Clock; identifiers: Identifiers },
  wanted: NewKey,
  actor: Actor = null,
): Promise<{ keyId: string; key: string }> {
  checkNewKey(wanted, clock.now())
  const key = makeKey(wanted.mode, identifiers.bytes)
  const keyId = identifiers.uuid()
  await database.transaction(async (tx) => {
    const inserted = await tx.query(
      `INSERT INTO api_keys (key_id, account_id, name, mode, hash, prefix, scopes, requests_per_minute, concurrency,
       budget, allowed_models, expires_at, created_at, scenario, quote_threshold)
     SELECT $1, account_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 FROM accounts WHERE account_id = $2
     RETURNING key_id`,
      [
        keyId,
        wanted.accountId,
        wanted.name ?? `${wanted.mode} key`,
        wanted.mode,
        hashKey(key),
        prefixOfKey(key),
        JSON.stringify(wanted.scopes ?? SCOPES),
        wanted.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE,
        wanted.concurrency ?? DEFAULT_CONCURRENCY,
        wanted.budget ?? null,
        wanted.allowedModels === undefined ? null : JSON.stringify(wanted.allowedModels),
        wanted.expiresAt ?? null,
        clock.now(),
        wanted.scenario ?? null,
        wanted.quoteThreshold ?? null,
      ],
    )
    if (inserted.length === 0) throw new ClipiaError('not_found', `There is no account ${wanted.accountId}.`)
    await recordChange(tx, { keyId, kind: 'created', actor, nowMs: clock.now() })
  })
  return { keyId, key }
}

function checkNewKey(wanted: NewKey, nowMs: number): void {
  const refuse = (param: string, message: string) => {
    throw new ClipiaError('invalid_request', message, { param })
  }
  if (!MODES.includes(wanted.mode)) refuse('mode', 'mode must be live or test')
  const name = wanted.name ?? 'key'
  if (name.trim() === '' || name.length > 100) refuse('name', 'name must have 1 to 100 characters')
  const scopes = wanted.scopes ?? SCOPES
  if (scopes.length === 0 || scopes.some((scope) => !SCOPES.includes(scope))) {
    refuse('scopes', `scopes must be one or more of ${SCOPES.join(', ')}`)
  }
  checkScenario(wanted.scenario, wanted.mode)
  for (const [param, value] of [
    ['rpm', wanted.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE],
    ['concurrency', wanted.concurrency ?? DEFAULT_CONCURRENCY],
  ] as const) {
    if (!Number.isInteger(value) || value < 1 || value > 1_000_000) {
      refuse(param, `${param} must be a whole number from 1 to 1000000`)
    }
  }
  checkSpending(wanted)
  if (wanted.expiresAt !== undefined && !(wanted.expiresAt > nowMs)) refuse('expires', 'expires must be in the future')
}
