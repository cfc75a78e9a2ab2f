import Type, { type Static } from 'typebox'

/** Balance and usage of the account a key belongs to; sandbox requests are neither. */
export const Account = Type.Object(
  {
    account_id: Type.String({ format: 'uuid', description: 'UUID of the account.' }),
    balance: Type.Object({
      credits: Type.Number({ minimum: 0, description: 'Credits that can be spent now.' }),
      reserved: Type.Number({ minimum: 0, description: 'Credits charged for requests that are not over.' }),
    }),
    usage_30d: Type.Object({
      requests: Type.Integer({
        minimum: 0,
        description: 'Live requests submitted today and on the 29 days before (UTC).',
      }),
      credits_spent: Type.Number({ minimum: 0, description: 'What they cost, less refunds.' }),
    }),
  },
  { title: 'Account' },
)
export type Account = Static<typeof Account>
