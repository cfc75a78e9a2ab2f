import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'

/** What {@link registerHealth} serves. */
export const HEALTH_PATHS = ['/healthz', '/readyz'] as const

/** `/healthz`: the process lives. `/readyz`: it should get traffic, with the reason when not. */
export function registerHealth(app: FastifyInstance, services: Services): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const reason = services.unreadyReason() ?? (await databaseFault(services))
    if (reason === null) return { status: 'ready' }
    return reply.code(503).header('retry-after', 1).send({ status: 'unready', reason })
  })
}

async function databaseFault({ database, log }: Services): Promise<string | null> {
  try {
    await database.read('SELECT 1 AS alive')
    return null
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer')
    return 'the database does not answer'
  }
}
