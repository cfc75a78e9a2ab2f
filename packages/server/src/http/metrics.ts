import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ClipiaError } from '../errors.ts'
import type { Metrics } from '../metrics/create-metrics.ts'

/** Where metrics are read. */
export const METRICS_PATH = '/metrics'

/** Counts every answer by the template of its route: what callers make up is one route, `unknown`. */
export function observeHttp(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = (request.routeOptions.url ?? 'unknown').replace(/:(\w+)/g, '{$1}')
    metrics.httpAnswered({ method: request.method, route, status: reply.statusCode, latencyMs: reply.elapsedTime })
  })
}

/** Serves the metrics beside the API to who knows the token. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics, token: string): void {
  app.get(METRICS_PATH, async (request, reply) => {
    if (!isAllowed(request.headers.authorization, token)) {
      throw new ClipiaError('invalid_api_key', 'The metrics want their own token, as "Authorization: Bearer <token>".')
    }
    const { contentType, text } = await metrics.render()
    return reply.headers({ 'content-type': contentType, 'cache-control': 'no-store' }).send(text)
  })
}

/** A server for metrics alone, to listen where only the operator reaches it; with a token, to who knows it. */
export function createMetricsServer(metrics: Metrics, token: string | null): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (path !== METRICS_PATH) return void response.writeHead(404).end()
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
    if (token !== null && !isAllowed(request.headers.authorization, token)) {
      return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    }
    metrics.render().then(
      ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
}

function isAllowed(header: string | undefined, token: string): boolean {
  const presented = /^bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1] ?? ''
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(presented), hash(token))
}
