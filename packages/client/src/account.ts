import { type CallOptions, toCallOptions } from './call-options.ts'
import type { Transport } from './http/transport.ts'
import type { Account } from './wire/account.ts'

/** The account the key belongs to. */
export interface AccountCalls {
  /** Balance and usage of the last 30 days. */
  get(options?: CallOptions | AbortSignal): Promise<Account>
}

/** Makes the calls of the account. */
export function createAccount(transport: Transport): AccountCalls {
  return {
    async get(options) {
      return (await transport.json<Account>({ ...toCallOptions(options), path: '/v1/account' })).body
    },
  }
}
