import type { TSchema } from 'typebox'
import { ERROR_CODES, type ErrorCode, type ErrorKind } from './error-codes.ts'
import { ErrorAnswer } from './errors.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import { writeCodeSamples } from './samples.ts'

type Json = Record<string, unknown>

/** How the console's own operations are called. */
const SESSION_SCHEME = {
  type: 'apiKey',
  in: 'cookie',
  name: 'clipia.session_token',
  description: 'Signed in to the console.',
}

/** Errors that every operation may answer: a path, a parameter or a body can always be malformed. */
const COMMON_ERRORS: readonly ErrorCode[] = ['invalid_request', 'internal_error', 'service_unavailable']

/** Errors by how an operation is called. */
const ERRORS_BY_AUTH: Readonly<Record<Operation['auth'], readonly ErrorCode[]>> = {
  key: ['invalid_api_key', 'rate_limit_exceeded'],
  session: ['not_signed_in', 'forbidden'],
  none: [],
}

const RATE_HEADERS = {
  'RateLimit-Limit': { description: 'Requests a minute of the bucket that was used.', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'Requests left in it.', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until it is full again.', schema: { type: 'integer' } },
}

/** The OpenAPI 3.1 description of the API, derived from the table of operations. `origin` has no trailing slash. */
export function createOpenApi(
  origin: string,
  version: string,
  operations: Readonly<Record<string, Operation>> = OPERATIONS,
): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  const hasSessions = Object.values(operations).some(({ auth }) => auth === 'session')
  for (const [operationId, operation] of Object.entries(operations)) {
    paths[operation.path] ??= {}
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: {
        ...describeOperation(operationId, operation, components),
        ...(operationId in OPERATIONS && {
          'x-codeSamples': writeCodeSamples(operationId as OperationName, operation, origin),
        }),
      },
    })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clipia API',
      version,
      summary: 'One API over many image, video and audio models.',
      description:
        'Submit a generation, poll its status, read its result. Prices are in credits and known before anything runs.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    externalDocs: { description: 'Guides', url: `${origin}/guides` },
    servers: [{ url: origin }],
    security: [{ bearer: [] }, { header: [] }],
    tags: [
      { name: 'Models', description: 'The catalogue, and what an input costs.' },
      { name: 'Requests', description: 'Submitting generations and reading how they stand.' },
      { name: 'Files', description: 'Uploading inputs that have no URL of their own.' },
      { name: 'Webhooks', description: 'What was told of requests that are over, to whom, and telling it again.' },
      { name: 'Account', description: 'Balance and usage.' },
      ...(hasSessions ? [{ name: 'Console', description: 'What the pages of the console call.' }] : []),
    ],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '`Authorization: Bearer <key>`, or `Key <key>`.' },
        header: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: '`X-Api-Key: <key>`.' },
        ...(hasSessions && { session: SESSION_SCHEME }),
      },
    },
  }
}

function describeOperation(operationId: string, operation: Operation, components: Json): Json {
  const { tag, summary, description, body, bodyExample, upload } = operation
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(operation.auth === 'session' && { security: [{ session: [] }] }),
    ...(operation.auth === 'none' && { security: [] }),
    parameters: [
      ...describeParameters('path', operation.params),
      ...describeParameters('query', operation.query),
      ...describeParameters('header', operation.headers),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: extract(body, components), example: bodyExample } },
      },
    }),
    ...(upload && { requestBody: { required: true, content: { 'multipart/form-data': { schema: formOf(upload) } } } }),
    responses: describeAnswers(operation, components),
  }
}

/** A form with one file. */
function formOf({ field, description }: NonNullable<Operation['upload']>): Json {
  return {
    type: 'object',
    properties: { [field]: { type: 'string', format: 'binary', description } },
    required: [field],
    additionalProperties: false,
  }
}

/** A header's name, given in lower case, as people write it. */
export function headerName(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

function describeParameters(location: 'path' | 'query' | 'header', schemas: Record<string, TSchema> = {}): Json[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const { description, examples, ...rest } = schema as TSchema & { description?: string; examples?: unknown[] }
    return {
      name: location === 'header' ? headerName(name) : name,
      in: location,
      required: location === 'path',
      description,
      schema: rest,
      ...(examples?.[0] !== undefined && { example: examples[0] }),
    }
  })
}

function describeAnswers(operation: Operation, components: Json): Json {
  const answers: Json = {}
  for (const [status, { description, schema, otherTypes }] of Object.entries(operation.answers)) {
    const schemas = { ...(schema !== null && { 'application/json': schema }), ...otherTypes }
    const content = Object.fromEntries(
      Object.entries(schemas).map(([type, body]) => [type, { schema: extract(body, components) }]),
    )
    answers[status] = {
      description,
      ...(operation.auth === 'key' && { headers: RATE_HEADERS }),
      ...(Object.keys(content).length > 0 && { content }),
    }
  }
  const codes: readonly ErrorCode[] = [
    ...operation.errors,
    ...ERRORS_BY_AUTH[operation.auth],
    ...COMMON_ERRORS,
    ...(operation.scope ? (['insufficient_scope'] as const) : []),
    // Also where none is wanted, a body is read before it is refused.
    ...(operation.method === 'GET' ? [] : (['payload_too_large'] as const)),
  ]
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codes)) {
    const { status } = ERROR_CODES[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  for (const [status, statusCodes] of [...byStatus].sort(([left], [right]) => left - right)) {
    answers[status] = {
      description: statusCodes
        .map((code) => `\`${code}\`: ${(ERROR_CODES[code] as ErrorKind).description}`)
        .join('\n\n'),
      content: { 'application/json': { schema: extract(ErrorAnswer, components) } },
    }
  }
  return answers
}

/** The pattern by which TypeBox writes a record. */
const ANY_NAME = '^.*$'

/** Schemas with a title become components, described once and referred to everywhere. */
function extract(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map((item) => extract(item, components))
  if (typeof schema !== 'object' || schema === null) return schema
  const fields = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      // A record of any name: readers of the description would take the pattern for a property.
      const isRecord = name === 'patternProperties' && Object.keys(value).join() === ANY_NAME
      return isRecord
        ? ['additionalProperties', extract(value[ANY_NAME], components)]
        : [name, extract(value, components)]
    }),
  )
  const { title } = fields
  if (typeof title !== 'string') return fields
  components[title] = fields
  return { $ref: `#/components/schemas/${title}` }
}
