import Type, { type Static } from 'typebox'
import { PriceBreakdown } from '../catalogue.ts'
import { MODES, type Operation } from '../operation.ts'
import { id } from './parameters.ts'

/** Mode in the path of a console operation. */
export const mode = Type.Enum([...MODES], { description: 'live or test.' })

/** What only the owner of a request may see of it, besides its result. */
export const RequestInput = Type.Object(
  {
    input: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The input as it was priced and rendered; empty once it was deleted.',
    }),
    webhook_url: Type.Union([Type.String(), Type.Null()], { description: 'Who is told when it is over.' }),
    breakdown: Type.Union([PriceBreakdown, Type.Null()], {
      description: 'How its price came about; null when the model is priced otherwise today, or is gone.',
    }),
  },
  { title: 'RequestInput' },
)
export type RequestInput = Static<typeof RequestInput>

const count = (description: string) => Type.Integer({ minimum: 0, description })

/** Live usage of one model by one key on one day. */
export const UsageRow = Type.Object(
  {
    day: Type.String({ description: 'Day in UTC, such as 2026-11-25.' }),
    model: Type.String({ description: 'Slug of the model.' }),
    key_id: id('key'),
    key_name: Type.String({ description: 'Name of the key.' }),
    requests: count('Requests submitted that day.'),
    completed: count('Of them, completed.'),
    failed: count('Of them, failed.'),
    canceled: count('Of them, canceled.'),
    credits: Type.Number({ description: 'What they cost, less refunds.' }),
  },
  { title: 'UsageRow' },
)
export type UsageRow = Static<typeof UsageRow>

/** How long the completed requests of a model took, from submit to end. */
export const ModelLatency = Type.Object(
  {
    model: Type.String({ description: 'Slug of the model.' }),
    requests: count('Completed requests it was measured over; the latest 1,000 at the most.'),
    p50_ms: count('Half of them were as fast or faster, in milliseconds.'),
    p95_ms: count('19 of 20 were as fast or faster, in milliseconds.'),
  },
  { title: 'ModelLatency' },
)
export type ModelLatency = Static<typeof ModelLatency>

/** What the pages of the console show besides what the API tells everyone. */
export const INSIGHT_OPERATIONS = {
  getRequestInput: {
    method: 'GET',
    path: '/console/v1/{mode}/requests/{id}/input',
    tag: 'Console',
    summary: 'Get the input of a request',
    description: 'What was asked for, and how its price came about.',
    auth: 'session',
    params: { mode, id: id('request') },
    answers: { 200: { description: 'The input.', schema: RequestInput } },
    errors: ['not_found'],
  },
  getUsage: {
    method: 'GET',
    path: '/console/v1/usage',
    tag: 'Console',
    summary: 'Get usage',
    description: 'Live usage by day, model and key over the last days, and how long models take.',
    auth: 'session',
    query: {
      days: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 366, default: 30, description: 'How many days back, today included.' }),
      ),
    },
    answers: {
      200: {
        description: 'The usage.',
        schema: Type.Object(
          {
            data: Type.Array(UsageRow, { description: 'Newest day first.' }),
            latency: Type.Array(ModelLatency, { description: 'By model, in order of their slugs.' }),
          },
          { title: 'Usage' },
        ),
      },
    },
    errors: ['invalid_request'],
  },
} as const satisfies Record<string, Operation>
