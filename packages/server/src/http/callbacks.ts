import type { FastifyInstance } from 'fastify'
import { hearCallback } from '../generations/hear-callback.ts'
import type { Services } from './services.ts'

/** What {@link registerCallbacks} serves, by POST. */
export const CALLBACKS_PATH = '/callbacks/:engine/:requestId/:code'

/** Some providers repeat what they made in a callback; a longer one is refused, and the job asked for in its time. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024

/**
 * Where providers say that a request has news. Everybody is answered alike, whether the callback was genuine or not: a
 * stranger learns nothing, and a provider need not repeat what is asked for anyway.
 */
export async function registerCallbacks(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Signatures are over the bytes as they came.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
      done(null, body)
    })
    scope.post<{ Params: Record<'engine' | 'requestId' | 'code', string> }>(CALLBACKS_PATH, async (request, reply) => {
      const { engine, requestId, code } = request.params
      const start = services.callbackAddresses.read(engine, requestId, code)
      // Nobody was told this address: there is nothing to verify.
      if (start === null) return reply.code(204).send()
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      )
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      await hearCallback(services, start, { headers: Object.fromEntries(headers), body })
      return reply.code(204).send()
    })
  })
}
