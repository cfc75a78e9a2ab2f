import Type from 'typebox'
import { Estimate, ModelDetail, ModelList } from '../catalogue.ts'
import type { Operation } from '../operation.ts'
import { INPUT_EXAMPLE, slug } from './parameters.ts'

const ETAGS = {
  'if-none-match': Type.Optional(
    Type.String({ description: 'ETag of the copy at hand; answered with 304 when it is current.' }),
  ),
}
const NOT_MODIFIED = { description: 'The copy at hand is current.', schema: null }

/** The catalogue, and what an input costs. */
export const MODEL_OPERATIONS = {
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
    bodyExample: { input: INPUT_EXAMPLE },
    answers: { 200: { description: 'The price.', schema: Estimate } },
    errors: ['invalid_request', 'insufficient_scope', 'not_found', 'model_input_invalid'],
  },
} as const satisfies Record<string, Operation>
