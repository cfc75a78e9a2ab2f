import { type CallOptions, toCallOptions } from './call-options.ts'
import { type ListOptions, listPages } from './http/list-pages.ts'
import type { Transport } from './http/transport.ts'
import type { Account } from './wire/account.ts'
import type { LedgerEntry } from './wire/history.ts'

/** Which movements of credits to list. */
export interface LedgerOptions extends ListOptions {
  kind?: LedgerEntry['kind'] | undefined
  /** Only those of this request. */
  requestId?: string | undefined
}

/** The account the key belongs to. */
export interface AccountCalls {
  /** Balance and usage of the last 30 days. */
  get(options?: CallOptions | AbortSignal): Promise<Account>
  /** Every movement of credits, newest first. The key needs the scope `read`. */
  ledger(options?: LedgerOptions): AsyncGenerator<LedgerEntry, void, undefined>
}

/** Makes the calls of the account. */
export function createAccount(transport: Transport): AccountCalls {
  return {
    async get(options) {
      return (await transport.json<Account>({ ...toCallOptions(options), path: '/v1/account' })).body
    },
    ledger: ({ kind, requestId, ...options } = {}) =>
      listPages(transport, { path: '/v1/account/ledger', query: { kind, request: requestId } }, options),
  }
}
