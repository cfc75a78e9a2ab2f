import { Account } from '../account.ts'
import type { Operation } from '../operation.ts'

/** Balance and usage of the account a key belongs to. */
export const ACCOUNT_OPERATIONS = {
  getAccount: {
    method: 'GET',
    path: '/v1/account',
    tag: 'Account',
    summary: 'Get the account',
    description: 'Balance and usage of the account the key belongs to.',
    auth: 'key',
    bucket: 'read',
    answers: { 200: { description: 'The account.', schema: Account } },
    errors: [],
  },
} as const satisfies Record<string, Operation>
