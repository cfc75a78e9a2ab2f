import Type, { type Static } from 'typebox'

/** Where a webhook stands: it waits for an attempt, a receiver took it, or it was given up. */
export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

const Id = (description: string) => Type.String({ format: 'uuid', description })
const Timestamp = (description: string) => Type.String({ format: 'date-time', description })
const orNull = <Schema extends Type.TSchema>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description })

const DELIVERY = {
  delivery_id: Id('UUID (v7) of the delivery; the receiver gets it as X-Clipia-Webhook-Id and webhook-id.'),
  request_id: Id('UUID of the request it tells of.'),
  url: Type.String({ description: 'Where it goes.' }),
  state: Type.Enum([...DELIVERY_STATES], {
    description:
      'pending waits for an attempt, delivered was answered with 2xx, dead was given up and can be redelivered.',
  }),
  attempt_count: Type.Integer({ minimum: 0, description: 'Attempts so far.' }),
  last_status: orNull(Type.Integer(), 'HTTP status of the last attempt; null when there was no answer.'),
  last_error: orNull(Type.String(), 'Why it is not delivered; null when it is, or when nothing was attempted yet.'),
  next_attempt_at: orNull(Timestamp(''), 'When it is attempted next; null when it is over or being attempted now.'),
  created_at: Timestamp('When the request ended.'),
  completed_at: orNull(Timestamp(''), 'When it was delivered or given up; null while it is pending.'),
}

export const Delivery = Type.Object(DELIVERY, { title: 'Delivery' })
export type Delivery = Static<typeof Delivery>

export const DeliveryAttempt = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'Counted from 1 over all attempts.' }),
    started_at: Timestamp('When it was sent.'),
    latency_ms: Type.Integer({ minimum: 0, description: 'Milliseconds until the answer, or until it was given up.' }),
    status: orNull(Type.Integer(), 'HTTP status of the answer; null when there was none.'),
    error: orNull(Type.String(), 'Why it failed; null when it did not.'),
    response: orNull(Type.String(), 'First 1 KB of the answer; null when there was none, or a private host gave it.'),
  },
  { title: 'DeliveryAttempt' },
)
export type DeliveryAttempt = Static<typeof DeliveryAttempt>

export const DeliveryLog = Type.Object(
  { ...DELIVERY, attempts: Type.Array(DeliveryAttempt, { description: 'Oldest first.' }) },
  { title: 'DeliveryLog' },
)
export type DeliveryLog = Static<typeof DeliveryLog>

export const RequestDeliveries = Type.Object(
  { data: Type.Array(DeliveryLog, { description: 'Empty while the request is not over, or without a webhook_url.' }) },
  { title: 'RequestDeliveries' },
)
export type RequestDeliveries = Static<typeof RequestDeliveries>

export const DeliveryList = Type.Object(
  {
    data: Type.Array(Delivery, { description: 'Newest first.' }),
    next_cursor: orNull(Type.String(), 'Pass it as cursor for the next page; null on the last one.'),
  },
  { title: 'DeliveryList' },
)
export type DeliveryList = Static<typeof DeliveryList>
