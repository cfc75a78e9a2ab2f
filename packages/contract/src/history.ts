import Type, { type Static } from 'typebox'
import { PENDING, Result } from './requests.ts'
import { SANDBOX_SCENARIOS } from './scenarios.ts'

const NextCursor = Type.Union([Type.String(), Type.Null()], {
  description: 'Pass it as cursor for the next page; null on the last one.',
})

/** A request in the history: its result as far as it is known, and who made it. */
export const RequestEntry = Type.Object(
  {
    ...Type.Partial(Result).properties,
    ...PENDING,
    key_id: Type.String({ format: 'uuid', description: 'UUID of the key it was submitted with.' }),
    scenario: Type.Union([Type.Enum([...SANDBOX_SCENARIOS]), Type.Null()], {
      description: 'What the sandbox played; null where it played nothing.',
    }),
  },
  { title: 'RequestEntry' },
)
export type RequestEntry = Static<typeof RequestEntry>

export const RequestList = Type.Object(
  { data: Type.Array(RequestEntry, { description: 'Newest first.' }), next_cursor: NextCursor },
  { title: 'RequestList' },
)
export type RequestList = Static<typeof RequestList>

/** Kinds of movements of credits. */
export const LEDGER_KINDS = ['grant', 'charge', 'refund'] as const
export type LedgerKind = (typeof LEDGER_KINDS)[number]

/** One movement of credits. */
export const LedgerEntry = Type.Object(
  {
    seq: Type.Integer({ minimum: 1, description: 'Place in the ledger; it has no gaps.' }),
    kind: Type.Enum([...LEDGER_KINDS], { description: 'What moved the credits.' }),
    credits: Type.Number({ description: 'Negative for a charge.' }),
    balance_after: Type.Number({ minimum: 0, description: 'Credits after it.' }),
    request_id: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
      description: 'Of a charge or a refund: the request.',
    }),
    reference: Type.Union([Type.String(), Type.Null()], { description: 'Of a grant: an order number, say.' }),
    note: Type.Union([Type.String(), Type.Null()], { description: 'For people.' }),
    created_at: Type.String({ format: 'date-time', description: 'ISO 8601 in UTC with milliseconds.' }),
  },
  { title: 'LedgerEntry' },
)
export type LedgerEntry = Static<typeof LedgerEntry>

export const LedgerList = Type.Object(
  { data: Type.Array(LedgerEntry, { description: 'Newest first.' }), next_cursor: NextCursor },
  { title: 'LedgerList' },
)
export type LedgerList = Static<typeof LedgerList>
