import Type from 'typebox'
import { Account } from './account.ts'
import { Estimate, ModelDetail, ModelList } from './catalogue.ts'
import type { Operation } from './operation.ts'
import { PendingResult, Result, StatusAnswer, SubmitBody, Submitted } from './requests.ts'

const slug = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Slug of the model. A slash in it may be sent as it is or as %2F.',
  examples: ['canvas-1', 'google/imagen4'],
})
const requestId = Type.String({ minLength: 1, maxLength: 128, description: 'UUID of the request.' })
const input = { prompt: 'A lighthouse above the clouds', aspect_ratio: '16:9' }

const ETAGS = {
  'if-none-match': Type.Optional(
    Type.String({ description: 'ETag of the copy at hand; answered with 304 when it is current.' }),
  ),
}
const NOT_MODIFIED = { description: 'The copy at hand is current.', schema: null }

/** Every operation of the API. A test fails when a route has no row here, or a row no route. */
export const OPERATIONS = {
  listModels: {
    method: 'GET',
    path: '/v1/models',
    tag: 'Models',
    summary: 'List models',
    description:
      'The catalogue. A live key sees the models that can run here; a test key sees all, with `available` telling which.',
    auth: 'key',
    bucket: 'read',
    query: {
      type: Type.Optional(Type.String({ maxLength: 32, description: 'Only models of this type, such as image.' })),
      capability: Type.Optional(
        Type.String({ maxLength: 64, description: 'Only models with this capability, such as text-to-video.' }),
      ),
    },
    headers: ETAGS,
    answers: { 200: { description: 'The models.', schema: ModelList }, 304: NOT_MODIFIED },
    errors: [],
  },
  getModel: {
    method: 'GET',
    path: '/v1/models/{slug}',
    tag: 'Models',
    summary: 'Get a model',
    description: 'One model with the schema of its input and its pricing.',
    auth: 'key',
    bucket: 'read',
    params: { slug },
    headers: ETAGS,
    answers: { 200: { description: 'The model.', schema: ModelDetail }, 304: NOT_MODIFIED },
    errors: ['not_found'],
  },
  estimate: {
    method: 'POST',
    path: '/v1/models/{slug}/estimate',
    tag: 'Models',
    summary: 'Estimate a price',
    description:
      'The exact price of an input, with a quote that holds it for 10 minutes. Queues and charges nothing; validates exactly as submit does.',
    auth: 'key',
    bucket: 'write',
    params: { slug },
    body: Type.Object(
      {
        input: Type.Record(Type.String(), Type.Unknown(), { description: "The model's input; see its input_schema." }),
      },
      { title: 'EstimateBody', additionalProperties: false },
    ),
    bodyExample: { input },
    answers: { 200: { description: 'The price.', schema: Estimate } },
    errors: ['invalid_request', 'insufficient_scope', 'not_found', 'model_input_invalid'],
  },
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
    },
    body: SubmitBody,
    bodyExample: { input },
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
  getStatus: {
    method: 'GET',
    path: '/v1/requests/{id}/status',
    tag: 'Requests',
    summary: 'Get the status',
    description: 'Where a request stands, with its place in the queue and its progress.',
    auth: 'key',
    bucket: 'read',
    params: { id: requestId },
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
  cancel: {
    method: 'POST',
    path: '/v1/requests/{id}/cancel',
    tag: 'Requests',
    summary: 'Cancel a request',
    description:
      'In the queue it is canceled at once and refunded in full (200). Running, the wish is passed to the engine (202): it ends CANCELED, refunded unless the engine states that it charges, or as COMPLETED when the engine was done first.',
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

/** Name of an operation, unique and stable; OpenAPI's operationId. */
export type OperationName = keyof typeof OPERATIONS
