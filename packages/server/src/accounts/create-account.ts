import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { ClipiaError } from '../errors.ts'
import type { Identifiers } from '../identifiers.ts'

/** Creates an account with an empty balance and answers its id. */
export async function createAccount(
  { database, clock, identifiers }: { database: Database; clock: Clock; identifiers: Identifiers },
  name: string,
): Promise<string> {
  if (name.trim() === '' || name.length > 100) {
    throw new ClipiaError('invalid_request', 'name must have 1 to 100 characters', { param: 'name' })
  }
  const accountId = identifiers.uuid()
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO accounts (account_id, name, created_at) VALUES ($1, $2, $3)', [
      accountId,
      name,
      clock.now(),
    ])
    for (const mode of ['live', 'test']) {
      await tx.query('INSERT INTO balances (account_id, mode, balance, reserved, last_seq) VALUES ($1, $2, 0, 0, 0)', [
        accountId,
        mode,
      ])
    }
  })
  return accountId
}
