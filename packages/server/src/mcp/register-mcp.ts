import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiKey } from '../keys/api-key.ts'
import type { Authenticate } from '../keys/authenticate.ts'
import { rateHeaders } from '../limits/rate-headers.ts'
import { type RateLimiter, rateRefusal } from '../limits/rate-limiter.ts'
import { createCallOperation } from './call-operation.ts'
import type { McpServices } from './mcp-services.ts'

/** What {@link registerMcp} serves, by POST. */
export const MCP_PATH = '/mcp'

/** A file in base64 and what is around it. */
const BODY_LIMIT_BYTES = 9 * 1024 * 1024

type HandleMcp = (request: FastifyRequest, reply: FastifyReply, key: ApiKey) => Promise<void>

/**
 * `/mcp`: the API for agents, by the Model Context Protocol over HTTP, without sessions: any node can answer any call.
 * The key is checked, and the message counted as a read, before the body is read; what a tool calls counts besides, as it
 * would over HTTP. What it needs is loaded at the first call.
 */
export function registerMcp(
  app: FastifyInstance,
  services: McpServices & { authenticate: Authenticate; limiter: RateLimiter },
): void {
  const keys = new WeakMap<FastifyRequest, ApiKey>()
  let handle: Promise<HandleMcp> | null = null
  app.route({
    method: 'POST',
    url: MCP_PATH,
    bodyLimit: BODY_LIMIT_BYTES,
    onRequest: async (request, reply) => {
      const key = await services.authenticate(request.headers)
      keys.set(request, key)
      const answer = await services.limiter.take(key, 'read')
      void reply.headers(rateHeaders(answer))
      if (!answer.isAllowed) throw rateRefusal(answer)
    },
    handler: async (request, reply) => {
      const key = keys.get(request)
      if (key === undefined) throw new Error('a call of /mcp ran without a caller')
      handle ??= loadHandler(app, services)
      await (await handle)(request, reply, key)
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
  return async (request, reply, key) => {
    const { authorization, 'x-api-key': apiKey } = request.headers
    const credentials = {
      ...(authorization !== undefined && { authorization }),
      ...(typeof apiKey === 'string' && { 'x-api-key': apiKey }),
    }
    const call = createCallOperation(app, credentials)
    const serve = toNodeHandler(createMcpHandler(() => createMcpServer({ services, key, call }, toolsOf(key))))
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    reply.hijack()
    await serve(request.raw, reply.raw, request.body)
  }
}
