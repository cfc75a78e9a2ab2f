import type { SandboxScenario } from '@clipia/contract'
import type { Clock } from '../clock.ts'
import { toCredits } from '../credits/amount.ts'
import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { promoteParked } from '../generations/promote-parked.ts'
import { checkScenario } from './check-scenario.ts'
import { checkSpending, type SpendingBounds } from './check-spending.ts'
import { type Actor, type FieldChanges, recordChange } from './record-change.ts'

/** What to change about a key; what is left out stays. */
export interface KeyLimits extends SpendingBounds {
  name?: string | undefined
  requestsPerMinute?: number | undefined
  concurrency?: number | undefined
  /** What the sandbox plays for a test key; null for nothing. */
  scenario?: SandboxScenario | null | undefined
}

/** Where the wire names a column otherwise. */
const NAMES: Partial<Record<keyof LimitsRow, string>> = { quote_threshold: 'quote_above' }

interface LimitsRow {
  name: string
  requests_per_minute: number
  concurrency: number
  budget: number | null
  quote_threshold: number | null
  scenario: SandboxScenario | null
}

/**
 * Changes a key at once, with the record of it. A higher concurrency promotes parked requests in the same transaction; a
 * lower one lets what runs finish and starts nothing until the key is below it. A budget below what is spent is refused.
 */
export async function updateKey(
  { database, clock }: { database: Database; clock: Clock },
  keyId: string,
  limits: KeyLimits,
  actor: Actor = null,
): Promise<void> {
  checkLimits(limits)
  await database.transaction(async (tx) => {
    const old = await lockKey(tx, database, keyId)
    checkScenario(limits.scenario ?? undefined, old.mode)
    checkBudget(limits.budget ?? null, old.spent)
    const wanted = merge(old, limits)
    const changes = differences(old, wanted)
    if (Object.keys(changes).length === 0) return
    await tx.query(
      `UPDATE api_keys SET name = $2, requests_per_minute = $3, concurrency = $4, budget = $5, quote_threshold = $6,
         scenario = $7 WHERE key_id = $1`,
      [keyId, ...Object.values(wanted)],
    )
    await recordChange(tx, { keyId, kind: 'changed', changes, actor, nowMs: clock.now() })
    await promoteParked(tx, keyId)
  })
}

function checkLimits(limits: KeyLimits): void {
  checkSpending(limits)
  const { requestsPerMinute, concurrency } = limits
  for (const [param, value] of Object.entries({ requestsPerMinute, concurrency })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > 1_000_000)) {
      throw new ClipiaError('invalid_request', `${param} must be a whole number from 1 to 1000000`, { param })
    }
  }
}

async function lockKey(tx: Transaction, database: Database, keyId: string) {
  const row = firstOrNull(
    await tx.query<LimitsRow & { mode: 'live' | 'test'; spent: number }>(
      `SELECT name, requests_per_minute, concurrency, budget, quote_threshold, scenario, mode, spent
       FROM api_keys WHERE key_id = $1 ${database.capabilities.forUpdate}`,
      [keyId],
    ),
  )
  if (row === null) throw new ClipiaError('not_found', `There is no key ${keyId}.`)
  return row
}

function checkBudget(budget: number | null, spent: number): void {
  if (budget === null || budget >= spent) return
  const message = `The key has spent ${toCredits(spent)} credits: budget must be at least that, or revoke the key.`
  throw new ClipiaError('invalid_request', message, { param: 'budget' })
}

/** The row as it shall be, its columns in the order of the statement. */
function merge(old: LimitsRow, limits: KeyLimits): LimitsRow {
  return {
    name: limits.name ?? old.name,
    requests_per_minute: limits.requestsPerMinute ?? old.requests_per_minute,
    concurrency: limits.concurrency ?? old.concurrency,
    budget: limits.budget === undefined ? old.budget : limits.budget,
    quote_threshold: limits.quoteThreshold === undefined ? old.quote_threshold : limits.quoteThreshold,
    scenario: limits.scenario === undefined ? old.scenario : limits.scenario,
  }
}

/** What changes, as the wire words it: its names, amounts in credits. */
function differences(old: LimitsRow, wanted: LimitsRow): FieldChanges {
  const word = (field: string, value: string | number | null) =>
    field === 'budget' && typeof value === 'number' ? toCredits(value) : value
  return Object.fromEntries(
    (Object.keys(wanted) as (keyof LimitsRow)[])
      .filter((field) => old[field] !== wanted[field])
      .map((field) => [NAMES[field] ?? field, [word(field, old[field]), word(field, wanted[field])] as const]),
  )
}
