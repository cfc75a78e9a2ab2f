import Type, { type Static } from 'typebox'
import { GENERATION_ERROR_CODES } from './error-codes.ts'

/** Statuses of a request; the last three are terminal and never change again. */
export const REQUEST_STATUSES = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELED'] as const
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

const Status = Type.Enum([...REQUEST_STATUSES], { title: 'RequestStatus', description: 'Where the request stands.' })
const RequestId = Type.String({ format: 'uuid', description: 'UUID (v7) of the request.' })
const Timestamp = Type.String({ format: 'date-time', description: 'ISO 8601 in UTC with milliseconds.' })
const Cost = Type.Integer({ minimum: 0, description: 'Price in whole credits, fixed at submit.' })

export const SubmitBody = Type.Object(
  {
    input: Type.Record(Type.String(), Type.Unknown(), { description: "The model's input; see its input_schema." }),
    webhook_url: Type.Optional(
      Type.String({ maxLength: 2048, description: 'Absolute http(s) URL that is told when the request is over.' }),
    ),
    quote: Type.Optional(Type.String({ maxLength: 2048, description: 'A quote from estimate; its price then holds.' })),
    max_cost: Type.Optional(
      Type.Integer({ minimum: 0, description: 'In credits; a price above it is refused with price_changed.' }),
    ),
  },
  { title: 'SubmitBody', additionalProperties: false },
)
export type SubmitBody = Static<typeof SubmitBody>

export const StatusAnswer = Type.Object(
  {
    request_id: RequestId,
    status: Status,
    queue_position: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Upper bound of the requests of the same key ahead of it; never grows; null once out of the queue.',
    }),
    progress: Type.Integer({ minimum: 0, maximum: 100, description: 'Percent.' }),
    logs: Type.Array(
      Type.Object({ timestamp: Timestamp, message: Type.String({ description: 'One line for people.' }) }),
      { description: 'What happened so far, oldest first; may be empty.' },
    ),
  },
  { title: 'Status' },
)
export type StatusAnswer = Static<typeof StatusAnswer>

const MediaUrl = Type.String({ format: 'uri', description: 'Absolute URL of the media.' })

export const Output = Type.Object(
  {
    images: Type.Optional(
      Type.Array(
        Type.Object({
          url: Type.String({ format: 'uri', description: 'Delivery rendition (WebP).' }),
          original_url: Type.String({ format: 'uri', description: 'Full quality (PNG).' }),
          width: Type.Integer({ description: 'Pixels.' }),
          height: Type.Integer({ description: 'Pixels.' }),
        }),
        { description: 'Of image models.' },
      ),
    ),
    video: Type.Optional(
      Type.Object(
        {
          url: MediaUrl,
          original_url: MediaUrl,
          width: Type.Integer({ description: 'Pixels.' }),
          height: Type.Integer({ description: 'Pixels.' }),
          duration: Type.Number({ description: 'Seconds.' }),
        },
        { description: 'Of video models.' },
      ),
    ),
    audio: Type.Optional(
      Type.Object(
        { url: MediaUrl, duration: Type.Number({ description: 'Seconds.' }) },
        { description: 'Of audio models.' },
      ),
    ),
  },
  { title: 'Output', description: 'One of images, video or audio, by the type of the model; none after a deletion.' },
)
export type Output = Static<typeof Output>

/** The fields of every request, over or not. */
export const PENDING = {
  request_id: RequestId,
  status: Status,
  model: Type.String({ description: 'Slug of the model.' }),
  mode: Type.Enum(['live', 'test'], { description: 'live spends credits, test is the sandbox.' }),
  cost: Cost,
  created_at: Timestamp,
}

export const PendingResult = Type.Object(PENDING, {
  title: 'PendingResult',
  description: 'The request is not over yet.',
})
export type PendingResult = Static<typeof PendingResult>

export const Result = Type.Object(
  {
    ...PENDING,
    output: Type.Optional(Output),
    error: Type.Optional(
      Type.Object(
        {
          code: Type.String({ examples: [...GENERATION_ERROR_CODES], description: 'Upper-case code.' }),
          message: Type.String({ description: 'For people; never holds an internal detail.' }),
        },
        { description: 'When FAILED.' },
      ),
    ),
    charged: Type.Integer({
      minimum: 0,
      description: 'Credits kept: the cost less what was refunded; 0 in test mode.',
    }),
    seed: Type.Optional(Type.Integer({ description: 'Seed of the render, where the model has one.' })),
    completed_at: Timestamp,
    deleted_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'When its input and media were deleted; output is then empty.' }),
    ),
    timings: Type.Object(
      {
        queue_ms: Type.Integer({ minimum: 0, description: 'Milliseconds from submit to start.' }),
        run_ms: Type.Integer({ minimum: 0, description: 'Milliseconds from start to end.' }),
      },
      { description: 'Where the time went.' },
    ),
  },
  { title: 'Result' },
)
export type Result = Static<typeof Result>

/** With `Prefer: wait`, and where the request was over in time, the fields of the result besides. */
export const Submitted = Type.Object(
  {
    ...Type.Partial(Result).properties,
    request_id: RequestId,
    status: Status,
    queue_position: Type.Integer({ minimum: 0, description: 'Requests of the same key ahead of it.' }),
    status_url: Type.String({ format: 'uri', description: 'Where to read the status.' }),
    response_url: Type.String({ format: 'uri', description: 'Where to read the result.' }),
    cancel_url: Type.String({ format: 'uri', description: 'Where to cancel it (POST).' }),
    events_url: Type.String({ format: 'uri', description: 'Where to follow it live (server-sent events).' }),
    cost: Cost,
  },
  { title: 'Submitted' },
)
export type Submitted = Static<typeof Submitted>
