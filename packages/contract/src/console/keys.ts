import Type, { type Static, type TSchema } from 'typebox'
import { MODES, type Operation, SCOPES } from '../operation.ts'
import { SANDBOX_SCENARIOS } from '../scenarios.ts'
import { DONE, id, optionalTime, time } from './parameters.ts'

const requestsPerMinute = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'POSTs a minute.' })
const concurrency = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Generations running at once.' })
const name = Type.String({ minLength: 1, maxLength: 100, description: 'Name for people.' })
const scopes = Type.Array(Type.Enum([...SCOPES]), { minItems: 1, maxItems: 2, description: 'What it may do.' })
const allowedModels = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  minItems: 1,
  maxItems: 200,
  description: 'Slugs it may use.',
})
const budget = Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Credits it may spend in all.' })
const quoteAbove = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000,
  description: 'Credits above which a submit must bring a quote.',
})
const scenario = Type.Enum([...SANDBOX_SCENARIOS], { description: 'What the sandbox plays for a test key.' })
const orNull = <T extends TSchema>(schema: T, description: string) => Type.Union([schema, Type.Null()], { description })

/** An API key as it is shown after its creation: the key itself is nowhere. */
export const Key = Type.Object(
  {
    key_id: id('key'),
    name,
    mode: Type.Enum([...MODES], { description: 'live spends credits, test is the sandbox.' }),
    prefix: Type.String({ description: 'How the key begins.' }),
    scopes,
    requests_per_minute: requestsPerMinute,
    concurrency,
    budget: Type.Union([Type.Number(), Type.Null()], { description: 'Credits it may spend in all; null: no bound.' }),
    spent: Type.Number({ description: 'Credits it has spent, less refunds.' }),
    quote_above: orNull(quoteAbove, 'Credits above which a submit must bring a quote; null: never.'),
    scenario: orNull(scenario, 'What the sandbox plays for a test key; null: it completes at once.'),
    allowed_models: Type.Union([allowedModels, Type.Null()], { description: 'Slugs it may use; null: all.' }),
    created_at: time('When it was made.'),
    expires_at: optionalTime('When it stops working by itself.'),
    revoked_at: optionalTime('When it was revoked.'),
    last_used_at: optionalTime('When it was last used, to the minute.'),
  },
  { title: 'Key' },
)
export type Key = Static<typeof Key>

/** A new key; the only answer that holds it. */
export const NewKey = Type.Object(
  { key: Type.String({ description: 'The key. It is shown this once.' }), key_id: id('key') },
  { title: 'NewKey' },
)

const value = (description: string) => Type.Union([Type.String(), Type.Number(), Type.Null()], { description })

/** One thing that was done to a key. */
export const KeyChange = Type.Object(
  {
    kind: Type.Enum(['created', 'changed', 'rotated', 'revoked'], { description: 'What was done.' }),
    changed_by: Type.Union([Type.String(), Type.Null()], {
      description: 'Email of the member who did it; null: the operator, by command.',
    }),
    changes: Type.Array(
      Type.Object({
        field: Type.String({ description: 'Field of the key.' }),
        before: value('What it was.'),
        after: value('What it is since.'),
      }),
      { description: 'What changed; empty where all of it is new or ended.' },
    ),
    created_at: time('When it was done.'),
  },
  { title: 'KeyChange' },
)
export type KeyChange = Static<typeof KeyChange>

/** The account's API keys. */
export const KEY_OPERATIONS = {
  listKeys: {
    method: 'GET',
    path: '/console/v1/keys',
    tag: 'Console',
    summary: 'List keys',
    description: 'The keys of the account, oldest first; revoked ones too.',
    auth: 'session',
    answers: {
      200: {
        description: 'The keys.',
        schema: Type.Object({ data: Type.Array(Key, { description: 'Oldest first.' }) }, { title: 'KeyList' }),
      },
    },
    errors: [],
  },
  createKey: {
    method: 'POST',
    path: '/console/v1/keys',
    tag: 'Console',
    summary: 'Create a key',
    description: 'Makes a key and shows it this once.',
    auth: 'session',
    body: Type.Object(
      {
        name,
        mode: Type.Enum([...MODES], { description: 'live spends credits, test is the sandbox.' }),
        scopes: Type.Optional(scopes),
        requests_per_minute: Type.Optional(requestsPerMinute),
        concurrency: Type.Optional(concurrency),
        budget: Type.Optional(budget),
        quote_above: Type.Optional(quoteAbove),
        scenario: Type.Optional(scenario),
        allowed_models: Type.Optional(allowedModels),
        expires_at: Type.Optional(time('When it stops working by itself.')),
      },
      { title: 'CreateKeyBody', additionalProperties: false },
    ),
    answers: { 200: { description: 'The key.', schema: NewKey } },
    errors: ['invalid_request'],
  },
  updateKey: {
    method: 'POST',
    path: '/console/v1/keys/{id}',
    tag: 'Console',
    summary: 'Change a key',
    description: 'Changes its name, limits or bounds at once. What is left out stays; null lifts a bound.',
    auth: 'session',
    params: { id: id('key') },
    body: Type.Object(
      {
        name: Type.Optional(name),
        requests_per_minute: Type.Optional(requestsPerMinute),
        concurrency: Type.Optional(concurrency),
        budget: Type.Optional(
          orNull(budget, 'Credits it may spend in all, what it has spent included; null: no bound.'),
        ),
        quote_above: Type.Optional(orNull(quoteAbove, 'Credits above which a submit must bring a quote; null: never.')),
        scenario: Type.Optional(orNull(scenario, 'What the sandbox plays for a test key; null: nothing.')),
      },
      { title: 'UpdateKeyBody', additionalProperties: false },
    ),
    answers: DONE,
    errors: ['invalid_request', 'not_found'],
  },
  listKeyChanges: {
    method: 'GET',
    path: '/console/v1/keys/{id}/changes',
    tag: 'Console',
    summary: 'List what was done to a key',
    description: 'Who made, changed, rotated or revoked it, and what changed: newest first, 100 at most.',
    auth: 'session',
    params: { id: id('key') },
    answers: {
      200: {
        description: 'What was done.',
        schema: Type.Object(
          { data: Type.Array(KeyChange, { description: 'Newest first.' }) },
          { title: 'KeyChangeList' },
        ),
      },
    },
    errors: ['not_found'],
  },
  revokeKey: {
    method: 'POST',
    path: '/console/v1/keys/{id}/revoke',
    tag: 'Console',
    summary: 'Revoke a key',
    description: 'The next submit with it is refused, on every node. What it has queued goes on.',
    auth: 'session',
    params: { id: id('key') },
    answers: DONE,
    errors: ['not_found'],
  },
  rotateKey: {
    method: 'POST',
    path: '/console/v1/keys/{id}/rotate',
    tag: 'Console',
    summary: 'Rotate a key',
    description: 'Makes a key like this one and lets the old one work for some time more.',
    auth: 'session',
    params: { id: id('key') },
    body: Type.Object(
      {
        grace_seconds: Type.Integer({
          minimum: 0,
          maximum: 604_800,
          description: 'How long the old key still works, up to a week; 0 revokes it at once.',
        }),
      },
      { title: 'RotateKeyBody', additionalProperties: false },
    ),
    answers: { 200: { description: 'The new key.', schema: NewKey } },
    errors: ['invalid_request', 'not_found', 'conflict'],
  },
} as const satisfies Record<string, Operation>
