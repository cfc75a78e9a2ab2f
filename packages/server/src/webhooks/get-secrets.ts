import { firstOrNull } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import {
  contextOf,
  openRow,
  type SecretDependencies,
  type SecretOwner,
  type SecretRow,
  type WebhookSecrets,
} from './secret-row.ts'
import { toSigningSecret } from './signature.ts'

const SELECT = 'SELECT current_sealed, next_sealed, next_from FROM webhook_secrets WHERE account_id = $1 AND mode = $2'

/**
 * The signing secrets of an account in one mode, made at first use: of many that ask at once, on any node, all get the
 * same one. `not_found` for an account that does not exist.
 */
export async function getSecrets(of: SecretDependencies, owner: SecretOwner): Promise<WebhookSecrets> {
  const { database, webhookSealer, clock } = of
  const known = firstOrNull(await database.read<SecretRow>(SELECT, [owner.accountId, owner.mode]))
  const row = known ?? (await insertFirst(of, owner))
  return openRow(webhookSealer, owner, row, clock.now())
}

async function insertFirst(of: SecretDependencies, owner: SecretOwner): Promise<SecretRow> {
  const secret = toSigningSecret(of.identifiers.bytes(32))
  return of.database.transaction(async (tx) => {
    const accounts = await tx.query('SELECT 1 AS found FROM accounts WHERE account_id = $1', [owner.accountId])
    if (accounts.length === 0) throw new ClipiaError('not_found', `There is no account ${owner.accountId}.`)
    await tx.query(
      `INSERT INTO webhook_secrets (account_id, mode, current_sealed, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id, mode) DO NOTHING`,
      [owner.accountId, owner.mode, of.webhookSealer.seal(secret, contextOf(owner)), of.clock.now()],
    )
    const row = firstOrNull(await tx.query<SecretRow>(SELECT, [owner.accountId, owner.mode]))
    if (row === null) throw new Error(`the webhook secret of ${owner.accountId} is gone`)
    return row
  })
}
