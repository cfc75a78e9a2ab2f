import { ErrorAnswer, type Operation } from '@clipia/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteOptions } from 'fastify'
import Type from 'typebox'
import { ClipiaError } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { rateHeaders } from '../limits/rate-headers.ts'
import { rateRefusal } from '../limits/rate-limiter.ts'
import { EventStream } from './event-stream.ts'
import type { Answer, Call } from './handler.ts'
import { allowForms, checkFormType, createReadUpload } from './read-upload.ts'
import type { Services } from './services.ts'

/** What authentication found out, until the handler runs. */
interface Caller {
  key: ApiKey
  rateRefusal: ClipiaError | null
}

/** Finds the key a request is made with, or refuses it. */
export type FindKey = (request: FastifyRequest, reply: FastifyReply) => Promise<ApiKey>

/** Serves one operation: authentication, scope and rate before the body is read, then its schema, then its handler. */
export function registerOperation(
  app: FastifyInstance,
  services: Services,
  operation: Operation,
  handler: (call: Call<Operation>) => Promise<Answer>,
  findKey: FindKey,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  const { upload } = operation
  const route: RouteOptions = {
    method: operation.method,
    url: toRoutePath(operation.path),
    schema: schemaOf(operation),
    onRequest: async (request, reply) => {
      callers.set(request, await admit(services, operation, request, reply, findKey))
      if (upload !== undefined) checkFormType(request, upload)
    },
    handler: async (request, reply) => {
      const caller = callers.get(request)
      if (caller === undefined) throw new Error('an operation ran without a caller')
      const { params, query, headers, body } = request as Pick<Call<Operation>, 'params' | 'query' | 'headers' | 'body'>
      const { raw } = reply
      const onClose = (listener: () => void) => (raw.closed ? listener() : void raw.once('close', listener))
      const call = {
        ...caller,
        params,
        query,
        headers,
        body,
        upload: upload && createReadUpload(request, upload),
        accept: request.headers.accept,
        onClose,
      }
      const answer = await handler(call)
      if (answer.stream !== undefined && request.method !== 'HEAD') return openStream(reply, answer.stream)
      void reply.code(answer.status ?? 200)
      if (answer.headers !== undefined) void reply.headers(answer.headers)
      return answer.body === null ? reply.send() : answer.body
    },
  }
  if (upload === undefined) app.route(route)
  else {
    // A scope of its own: other routes need not pay for forms.
    void app.register(async (scope) => {
      await allowForms(scope)
      scope.route(route)
    })
  }
}

/** Leaves the connection to a stream; a client that has gone meanwhile gets none. */
function openStream(reply: FastifyReply, fill: NonNullable<Answer['stream']>): void {
  const headers = reply.getHeaders() as Record<string, string | number>
  reply.hijack()
  if (!reply.raw.closed) fill(new EventStream(reply.raw, headers))
}

/** Lets a caller in: a valid key with the scope, counted in its bucket. Only a submit may be let in over its rate. */
async function admit(
  services: Services,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  findKey: FindKey,
): Promise<Caller> {
  const key = await findKey(request, reply)
  const answer = await services.limiter.take(key, operation.bucket ?? 'read')
  void reply.headers(rateHeaders(answer))
  if (operation.scope !== undefined && !key.scopes.includes(operation.scope)) {
    throw new ClipiaError('insufficient_scope', `This key lacks the scope ${operation.scope}.`)
  }
  const refusal = answer.isAllowed ? null : rateRefusal(answer)
  const isReplayable =
    operation.headers !== undefined &&
    'idempotency-key' in operation.headers &&
    request.headers['idempotency-key'] !== undefined
  if (refusal !== null && !isReplayable) throw refusal
  return { key, rateRefusal: refusal }
}

/** The schemas of an operation as the router takes them. */
export function schemaOf({ params, query, headers, body, answers }: Operation) {
  const response: Record<string, unknown> = { '4xx': ErrorAnswer, '5xx': ErrorAnswer }
  for (const [status, { schema }] of Object.entries(answers)) if (schema !== null) response[status] = schema
  return {
    ...(params && { params: Type.Object(params) }),
    ...(query && { querystring: Type.Object(query, { additionalProperties: false }) }),
    ...(headers && { headers: Type.Object(headers) }),
    ...(body && { body }),
    response,
  }
}

/** `{name}` of the contract is `:name` of the router. */
export function toRoutePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

/** A method a path is served with. */
export type Served = Pick<Operation, 'method' | 'path'>

/** Answers every other method of the paths that are served with 405 and the methods they have. */
export function refuseOtherMethods(app: FastifyInstance, served: readonly Served[]): void {
  const methodsByPath = new Map<string, Set<string>>()
  for (const { method, path } of served) {
    const methods = methodsByPath.get(path) ?? new Set()
    methodsByPath.set(path, methods.add(method))
    if (method === 'GET') methods.add('HEAD')
  }
  for (const [path, methods] of methodsByPath) {
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => !methods.has(method))
    app.route({
      method: others as HTTPMethods[],
      url: toRoutePath(path),
      onRequest: async (_request, reply) => {
        const allow = [...methods].join(', ')
        void reply.header('allow', allow)
        throw new ClipiaError('method_not_allowed', `This path takes ${allow}.`)
      },
      handler: () => undefined,
    })
  }
}
