import { type Database, firstOrNull, type Transaction } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import { getSecrets } from './get-secrets.ts'
import {
  contextOf,
  openRow,
  type SecretDependencies,
  type SecretOwner,
  type SecretRow,
  type WebhookSecrets,
} from './secret-row.ts'
import { toSigningSecret } from './signature.ts'

/** How long a next secret only signs beside the current one. */
export const ROTATION_MS = 24 * 60 * 60 * 1000

/**
 * Makes a next secret, which becomes the current one after {@link ROTATION_MS}, or when it is promoted. During a rotation
 * it replaces the next one, and the time starts anew.
 */
export async function rotateSecret(of: SecretDependencies, owner: SecretOwner): Promise<WebhookSecrets> {
  const secret = toSigningSecret(of.identifiers.bytes(32))
  return change(of, owner, ({ current }, nowMs) => ({ current, next: secret, nextFrom: nowMs + ROTATION_MS }))
}

/** Makes the next secret the current one at once; the old one signs nothing any more. Throws when there is no next one. */
export async function promoteSecret(of: SecretDependencies, owner: SecretOwner): Promise<WebhookSecrets> {
  return change(of, owner, ({ next }) => {
    if (next === null) throw new ClipiaError('invalid_request', 'There is no next secret to promote; rotate first.')
    return { current: next, next: null, nextFrom: null }
  })
}

/** Changes the secrets under the lock of their row. */
async function change(
  of: SecretDependencies,
  owner: SecretOwner,
  decide: (secrets: WebhookSecrets, nowMs: number) => WebhookSecrets,
): Promise<WebhookSecrets> {
  await getSecrets(of, owner)
  return of.database.transaction(async (tx) => {
    const nowMs = of.clock.now()
    const row = await lockRow(of.database, tx, owner)
    const changed = decide(openRow(of.webhookSealer, owner, row, nowMs), nowMs)
    const seal = (secret: string) => of.webhookSealer.seal(secret, contextOf(owner))
    await tx.query(
      `UPDATE webhook_secrets SET current_sealed = $3, next_sealed = $4, next_from = $5
       WHERE account_id = $1 AND mode = $2`,
      [
        owner.accountId,
        owner.mode,
        seal(changed.current),
        changed.next === null ? null : seal(changed.next),
        changed.nextFrom,
      ],
    )
    return changed
  })
}

async function lockRow(database: Database, tx: Transaction, owner: SecretOwner): Promise<SecretRow> {
  const row = firstOrNull(
    await tx.query<SecretRow>(
      `SELECT current_sealed, next_sealed, next_from FROM webhook_secrets
       WHERE account_id = $1 AND mode = $2 ${database.capabilities.forUpdate}`,
      [owner.accountId, owner.mode],
    ),
  )
  if (row === null) throw new Error(`the webhook secret of ${owner.accountId} is gone`)
  return row
}
