import Type from 'typebox'
import { DELIVERY_STATES, Delivery, DeliveryList, RequestDeliveries } from '../deliveries.ts'
import type { Operation } from '../operation.ts'
import { PAGING, requestId } from './parameters.ts'

/** The log of webhooks, and sending one again. */
export const DELIVERY_OPERATIONS = {
  listDeliveries: {
    method: 'GET',
    path: '/v1/deliveries',
    tag: 'Webhooks',
    summary: 'List webhooks',
    description:
      "Webhooks of the account in the key's mode, newest first, in pages. Those with state dead were given up.",
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    query: {
      state: Type.Optional(Type.Enum([...DELIVERY_STATES], { description: 'Only webhooks in this state.' })),
      ...PAGING,
    },
    answers: { 200: { description: 'A page of webhooks.', schema: DeliveryList } },
    errors: ['invalid_request', 'insufficient_scope'],
  },
  listRequestDeliveries: {
    method: 'GET',
    path: '/v1/requests/{id}/deliveries',
    tag: 'Webhooks',
    summary: 'List the webhooks of a request',
    description: 'The webhook of a request with every attempt: when, what was answered, how long it took.',
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    params: { id: requestId },
    answers: { 200: { description: 'The webhooks.', schema: RequestDeliveries } },
    errors: ['not_found', 'insufficient_scope'],
  },
  redeliver: {
    method: 'POST',
    path: '/v1/deliveries/{id}/redeliver',
    tag: 'Webhooks',
    summary: 'Send a webhook again',
    description:
      'Queues a webhook that is over, delivered or dead, with all its attempts anew; one that waits is attempted now. Safe to repeat: while one is pending it is not queued twice. It goes to the same URL with the same id.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    params: { id: Type.String({ minLength: 1, maxLength: 128, description: 'UUID of the delivery.' }) },
    answers: { 202: { description: 'It is pending.', schema: Delivery } },
    errors: ['not_found', 'insufficient_scope'],
  },
  streamWebhooks: {
    method: 'GET',
    path: '/v1/webhooks/events',
    tag: 'Webhooks',
    summary: 'Follow all webhooks live',
    description:
      "Server-sent events named `webhook`: every request of the account in the key's mode that ends from now on, signed as its webhook would be, also those that asked for none. For receivers that cannot be reached from outside. `id` is a place in the order of ends: sent back as Last-Event-ID, the stream resumes there and skips nothing; how many it cannot tell any more, because they ended longer ago than deliveries are kept, says an event `gap`. First comes an event `ready` with the place where the stream begins. The stream ends when the server restarts: connect again.",
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    headers: {
      'last-event-id': Type.Optional(Type.String({ description: 'The id of the last event that was seen.' })),
    },
    answers: {
      200: {
        description: 'The events.',
        schema: null,
        otherTypes: {
          'text/event-stream': Type.String({
            description:
              'Events whose data are `{"headers": {...}, "body": "..."}`: the body as text, for the signature. Those of `gap` are `{"missed": 12}`.',
          }),
        },
      },
    },
    errors: ['invalid_request', 'insufficient_scope'],
  },
} as const satisfies Record<string, Operation>
