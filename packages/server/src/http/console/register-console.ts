import {
  CONSOLE_OPERATIONS,
  type ConsoleOperationName,
  MODES,
  type Mode,
  OPERATIONS,
  type Operation,
  type OperationName,
  toConsolePath,
} from '@clipia/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ClipiaError } from '../../errors.ts'
import { getMemberKey } from '../../members/get-member-key.ts'
import type { Member } from '../../members/member.ts'
import type { Answer, Handlers } from '../handler.ts'
import { type FindKey, registerOperation, type Served, schemaOf, toRoutePath } from '../register-operation.ts'
import type { Services } from '../services.ts'
import { admitMember, checkOrigin, toHeaders } from './admit-member.ts'
import type { ConsoleCall } from './console-handler.ts'
import { createConsoleHandlers } from './routes.ts'

/** Serves what the console calls: its own operations, and those of the API with a session in place of the key. */
export function registerConsole(app: FastifyInstance, services: Services, handlers: Handlers): readonly Served[] {
  const own = createConsoleHandlers(services)
  for (const name of Object.keys(CONSOLE_OPERATIONS) as ConsoleOperationName[]) {
    registerOwn(app, services, CONSOLE_OPERATIONS[name], own[name] as never)
  }
  const mirrored = (Object.keys(OPERATIONS) as OperationName[]).map((name) => {
    const keyed: Operation = OPERATIONS[name]
    const params = { mode: Type.Enum([...MODES]), ...keyed.params }
    const operation = { ...keyed, path: toConsolePath(name), params }
    registerOperation(app, services, operation, handlers[name] as never, findMemberKey(services))
    return operation
  })
  return [...Object.values<Operation>(CONSOLE_OPERATIONS), ...mirrored]
}

/** The hidden key of who is signed in, of the mode the path names. */
function findMemberKey(services: Services): FindKey {
  return async (request, reply) => {
    const member = await admitMember(services, request, reply)
    const { mode } = request.params as { mode: Mode }
    if (!MODES.includes(mode)) throw new ClipiaError('not_found', `The mode must be one of ${MODES.join(', ')}.`)
    return getMemberKey(services, member, mode)
  }
}

/** Serves one operation of the console: origin, session and role before the body is read. */
function registerOwn(
  app: FastifyInstance,
  services: Services,
  operation: Operation,
  handler: (call: ConsoleCall<Operation>) => Promise<Answer>,
): void {
  const members = new WeakMap<FastifyRequest, Member>()
  app.route({
    method: operation.method,
    url: toRoutePath(operation.path),
    schema: schemaOf(operation),
    onRequest: async (request, reply) => {
      void reply.headers({ 'cache-control': 'private, no-store', vary: 'Cookie' })
      if (operation.auth === 'none') return checkOrigin(services, request)
      const member = await admitMember(services, request, reply)
      if (operation.role === 'owner' && member.role !== 'owner') {
        throw new ClipiaError('forbidden', 'Only an owner of the account may do this.')
      }
      members.set(request, member)
    },
    handler: async (request, reply) => {
      const { params, query, body } = request as Pick<ConsoleCall<Operation>, 'params' | 'query' | 'body'>
      const attempt = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' }
      const member = (members.get(request) ?? null) as ConsoleCall<Operation>['member']
      const answer = await handler({ member, params, query, body, headers: toHeaders(request), attempt })
      void reply.code(answer.status ?? 200)
      if (answer.headers !== undefined) void reply.headers(answer.headers)
      return answer.body === null ? reply.send() : answer.body
    },
  })
}
