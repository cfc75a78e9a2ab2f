import Type from 'typebox'
import { Account } from '../account.ts'
import { LEDGER_KINDS, LedgerList } from '../history.ts'
import type { Operation } from '../operation.ts'
import { AS_CSV, PAGING } from './parameters.ts'

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
  listLedger: {
    method: 'GET',
    path: '/v1/account/ledger',
    tag: 'Account',
    summary: 'List movements of credits',
    description:
      "Every movement of the account's credits, newest first, in pages; of the sandbox's own credits for a test key. With `Accept: text/csv` all of them as a file.",
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    query: {
      kind: Type.Optional(Type.Enum([...LEDGER_KINDS], { description: 'Only movements of this kind.' })),
      request: Type.Optional(
        Type.String({ maxLength: 128, description: 'Only movements of this request, by its id.' }),
      ),
      ...PAGING,
    },
    answers: { 200: { description: 'A page of movements.', schema: LedgerList, otherTypes: AS_CSV } },
    errors: ['invalid_request'],
  },
} as const satisfies Record<string, Operation>
