import type { Mode } from '@clipia/contract'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { Identifiers } from '../identifiers.ts'
import type { Sealer } from '../secrets/sealer.ts'
import type { SigningSecrets } from './signature.ts'

/** What reading and changing signing secrets needs of the process. */
export interface SecretDependencies {
  database: Database
  clock: Clock
  identifiers: Identifiers
  /** Keyed for webhook secrets: `secretKey.derive(WEBHOOK_SECRETS)`. */
  webhookSealer: Sealer
}

/** The purpose of the key that seals webhook secrets. */
export const WEBHOOK_SECRETS = 'webhook-secrets'

/** Whose secrets: each mode has its own, so that a test key cannot sign a live event. */
export interface SecretOwner {
  accountId: string
  mode: Mode
}

/** The signing secrets of an owner, and when the next one becomes current (epoch milliseconds). */
export interface WebhookSecrets extends SigningSecrets {
  nextFrom: number | null
}

/** A row of `webhook_secrets`. */
export interface SecretRow {
  current_sealed: string
  next_sealed: string | null
  next_from: number | null
}

/** Binds a sealed secret to its row. */
export function contextOf({ accountId, mode }: SecretOwner): string {
  return `webhook secret of ${accountId} ${mode}`
}

/** Opens a row as of now: a next secret whose time has come is the current one, whether or not anything was written. */
export function openRow(sealer: Sealer, owner: SecretOwner, row: SecretRow, nowMs: number): WebhookSecrets {
  const open = (sealed: string) => sealer.open(sealed, contextOf(owner))
  if (row.next_sealed === null || row.next_from === null) {
    return { current: open(row.current_sealed), next: null, nextFrom: null }
  }
  if (nowMs >= row.next_from) return { current: open(row.next_sealed), next: null, nextFrom: null }
  return { current: open(row.current_sealed), next: open(row.next_sealed), nextFrom: row.next_from }
}
