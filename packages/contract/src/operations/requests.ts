import Type from 'typebox'
import { RequestList } from '../history.ts'
import type { Operation } from '../operation.ts'
import { PendingResult, REQUEST_STATUSES, Result, StatusAnswer, SubmitBody, Submitted } from '../requests.ts'
import { SANDBOX_SCENARIOS } from '../scenarios.ts'
import { AS_CSV, INPUT_EXAMPLE, PAGING, requestId, slug } from './parameters.ts'

/** Submitting generations, and reading how they stand. */
export const REQUEST_OPERATIONS = {
  submit: {
    method: 'POST',
    path: '/v1/models/{slug}',
    tag: 'Requests',
    summary: 'Submit a generation',
    description:
      'Queues a generation and answers at once. The price is fixed and the credits are reserved in the transaction that makes the request durable.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    params: { slug },
    headers: {
      'idempotency-key': Type.Optional(
        Type.String({
          description:
            '1 to 255 visible ASCII characters, kept 24 hours: the same key with the same request answers the same request_id and charges once.',
        }),
      ),
      'clipia-sandbox-scenario': Type.Optional(
        Type.Enum([...SANDBOX_SCENARIOS], {
          description:
            'Test keys only: what the sandbox plays instead of completing at once. `slow` runs for 5 seconds, `fail` and `reject` end FAILED, `timeout` runs into its time limit, `cancel` ends CANCELED. Wins over the scenario of the key.',
        }),
      ),
      prefer: Type.Optional(
        Type.String({
          description:
            '`wait=N` holds the answer until the request is over, N seconds at most (up to 30); what was waited is said in Preference-Applied.',
          examples: ['wait=10'],
        }),
      ),
    },
    body: SubmitBody,
    bodyExample: { input: INPUT_EXAMPLE },
    answers: { 200: { description: 'The accepted request.', schema: Submitted } },
    errors: [
      'invalid_request',
      'insufficient_credits',
      'not_found',
      'idempotency_key_reuse',
      'request_in_progress',
      'price_changed',
      'model_input_invalid',
    ],
  },
  listRequests: {
    method: 'GET',
    path: '/v1/requests',
    tag: 'Requests',
    summary: 'List requests',
    description:
      "The requests of the account in the key's mode, newest first, in pages. With `Accept: text/csv` all of them as a file.",
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    query: {
      status: Type.Optional(Type.Enum([...REQUEST_STATUSES], { description: 'Only requests in this status.' })),
      model: Type.Optional(Type.String({ maxLength: 128, description: 'Only requests of this model, by its slug.' })),
      key: Type.Optional(Type.String({ maxLength: 128, description: 'Only requests of this key, by its id.' })),
      created_from: Type.Optional(
        Type.String({
          maxLength: 40,
          description: 'Submitted then or later. A day or a time with its zone, in ISO 8601.',
        }),
      ),
      created_until: Type.Optional(
        Type.String({
          maxLength: 40,
          description: 'Submitted before then. A day or a time with its zone, in ISO 8601.',
        }),
      ),
      ...PAGING,
    },
    answers: { 200: { description: 'A page of requests.', schema: RequestList, otherTypes: AS_CSV } },
    errors: ['invalid_request'],
  },
  getStatus: {
    method: 'GET',
    path: '/v1/requests/{id}/status',
    tag: 'Requests',
    summary: 'Get the status',
    description:
      'Where a request stands, with its place in the queue and its progress. With `wait` the answer is held until its status or progress changes; one that is over is answered at once.',
    auth: 'key',
    bucket: 'read',
    params: { id: requestId },
    query: {
      wait: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 30,
          description: 'Seconds the answer may be held until something changes.',
        }),
      ),
    },
    answers: { 200: { description: 'The status.', schema: StatusAnswer } },
    errors: ['not_found'],
  },
  getResult: {
    method: 'GET',
    path: '/v1/requests/{id}',
    tag: 'Requests',
    summary: 'Get the result',
    description: 'The result of a request that is over (200), or 202 while it is not.',
    auth: 'key',
    bucket: 'read',
    params: { id: requestId },
    answers: {
      200: { description: 'The request is over.', schema: Result },
      202: { description: 'The request is not over yet.', schema: PendingResult },
    },
    errors: ['not_found'],
  },
  streamStatus: {
    method: 'GET',
    path: '/v1/requests/{id}/events',
    tag: 'Requests',
    summary: 'Follow a request live',
    description:
      'Server-sent events named `status`, each with the body of the status; the first tells how it stands now. The stream ends with the terminal status, or earlier when the server restarts: connect again. `id` is the version of the request: an EventSource sends it back and is told 204, to stay away, once it has seen the end.',
    auth: 'key',
    bucket: 'read',
    params: { id: requestId },
    headers: {
      'last-event-id': Type.Optional(Type.String({ description: 'The id of the last event that was seen.' })),
    },
    answers: {
      200: {
        description: 'The events.',
        schema: null,
        otherTypes: { 'text/event-stream': Type.String({ description: 'Events whose data are a Status.' }) },
      },
      204: { description: 'The event of Last-Event-ID was the last.', schema: null },
    },
    errors: ['not_found'],
  },
  cancel: {
    method: 'POST',
    path: '/v1/requests/{id}/cancel',
    tag: 'Requests',
    summary: 'Cancel a request',
    description:
      'In the queue it is canceled at once and refunded in full (200). Running, the wish is passed to the engine (202): it ends CANCELED, refunded unless the engine states that it charges, or as COMPLETED when the engine was done first. 409 where it is over, or its engine cannot stop it, or not any more.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    params: { id: requestId },
    answers: {
      200: { description: 'The request is canceled.', schema: StatusAnswer },
      202: { description: 'The engine is being told.', schema: StatusAnswer },
    },
    errors: ['not_found', 'not_cancelable'],
  },
  deleteRequest: {
    method: 'DELETE',
    path: '/v1/requests/{id}',
    tag: 'Requests',
    summary: 'Delete what a request was given and made',
    description:
      'Its input, its media and the uploads that no other request was given are gone at once. Its status and its place in the ledger stay; its result then has an empty output and says when it was deleted. Only a request that is over can be deleted; deleting it again is harmless. Copies that others have already fetched are beyond reach.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    params: { id: requestId },
    answers: { 204: { description: 'They are gone.', schema: null } },
    errors: ['not_found', 'not_deletable'],
  },
} as const satisfies Record<string, Operation>
