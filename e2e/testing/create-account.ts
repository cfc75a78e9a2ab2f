import { type Api, createApi } from './api.ts'
import type { Clipia } from './start-clipia.ts'

/** A new account and a key of it. */
export interface NewAccount {
  accountId: string
  keyId: string
  key: string
  api: Api
}

/** Creates an account with credits, and a live key whose rate will not be met; further flags of the key may follow. */
export async function createAccount(clipia: Clipia, credits: number, ...flags: string[]): Promise<NewAccount> {
  const { id: accountId } = await clipia.adminJson<{ id: string }>('accounts', 'create', '--name', 'another account')
  if (credits > 0) await clipia.adminJson('credits', 'grant', '--account', accountId, '--credits', String(credits))
  return { accountId, ...(await createKey(clipia, accountId, ...flags)) }
}

/** Creates a live key of an account; flags such as `--mode test` replace the defaults. */
export async function createKey(
  clipia: Clipia,
  accountId: string,
  ...flags: string[]
): Promise<{ keyId: string; key: string; api: Api }> {
  const defaults = ['--mode', 'live', '--rpm', '100000']
  const made = await clipia.adminJson<{ id: string; key: string }>(
    ...['keys', 'create', '--account', accountId, ...defaults, ...flags],
  )
  return { keyId: made.id, key: made.key, api: createApi(clipia.url, made.key) }
}
