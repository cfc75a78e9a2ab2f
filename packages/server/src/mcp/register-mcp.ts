import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ClipiaError } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { Authenticate } from '../keys/authenticate.ts'
import { rateHeaders } from '../limits/rate-headers.ts'
import { type RateLimiter, rateRefusal } from '../limits/rate-limiter.ts'
import { answerWithin } from './answer-within.ts'
import { createCallOperation } from './call-operation.ts'
import type { McpServices } from './mcp-services.ts'

/** What {@link registerMcp} serves, by POST. */
export const MCP_PATH = '/mcp'

/** A file in base64 and what is around it. */
const BODY_LIMIT_BYTES = 9 * 1024 * 1024

/** Finding the caller takes no longer, so that a tool still has time to answer. */
const ADMISSION_LIMIT_MS = 10_000

/** A tool has answered so long after the message came, whatever hangs. */
const ANSWER_LIMIT_MS = 24_000

/** Who sent a message, and by when it is answered, by `performance.now()`. */
interface Caller {
  key: ApiKey
  deadline: number
}

type HandleMcp = (request: FastifyRequest, reply: FastifyReply, caller: Caller) => Promise<void>

/**
 * `/mcp`: the API for agents, by the Model Context Protocol over HTTP, without sessions: any node can answer any call.
 * The key is checked, and the message counted as a read, before the body is read; what a tool calls counts besides, as it
 * would over HTTP. What it needs is loaded at the first call.
 */
export function registerMcp(
  app: FastifyInstance,
  services: McpServices & { authenticate: Authenticate; limiter: RateLimiter },
): void {
  const callers = new WeakMap<FastifyRequest, Caller>()
  let handle: Promise<HandleMcp> | null = null
  app.route({
    method: 'POST',
    url: MCP_PATH,
    bodyLimit: BODY_LIMIT_BYTES,
    onRequest: async (request, reply) => {
      const deadline = performance.now() + ANSWER_LIMIT_MS
      const key = await answerWithin(ADMISSION_LIMIT_MS, services.authenticate(request.headers), () => {
        throw new ClipiaError('service_unavailable', 'This takes too long here; nothing was done.', {
          retryAfterSeconds: 5,
        })
      })
      callers.set(request, { key, deadline })
      const answer = await services.limiter.take(key, 'read')
      void reply.headers(rateHeaders(answer))
      if (!answer.isAllowed) throw rateRefusal(answer)
    },
    handler: async (request, reply) => {
      const caller = callers.get(request)
      if (caller === undefined) throw new Error('a call of /mcp ran without a caller')
      handle ??= loadHandler(app, services)
      await (await handle)(request, reply, caller)
      return reply
    },
  })
}

async function loadHandler(app: FastifyInstance, services: McpServices): Promise<HandleMcp> {
  const [{ createMcpHandler }, { toNodeHandler }, { createMcpServer }, { createToolSets }] = await Promise.all([
    import('@modelcontextprotocol/server'),
    import('@modelcontextprotocol/node'),
    import('./create-mcp-server.ts'),
    import('./tool-sets.ts'),
  ])
  const toolsOf = createToolSets(services)
  return async (request, reply, { key, deadline }) => {
    const { authorization, 'x-api-key': apiKey } = request.headers
    const credentials = {
      ...(authorization !== undefined && { authorization }),
      ...(typeof apiKey === 'string' && { 'x-api-key': apiKey }),
    }
    const call = createCallOperation(app, credentials)
    const serve = toNodeHandler(
      createMcpHandler(() => createMcpServer({ services, key, call, deadline }, toolsOf(key))),
    )
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    reply.hijack()
    await serve(request.raw, reply.raw, request.body)
  }
}
