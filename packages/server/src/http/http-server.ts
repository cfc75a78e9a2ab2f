import { OPERATIONS, type Operation } from '@clipia/contract'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { ClipiaError } from '../errors.ts'
import { MCP_PATH, registerMcp } from '../mcp/register-mcp.ts'
import { CALLBACKS_PATH, registerCallbacks } from './callbacks.ts'
import { answerClientError } from './client-error.ts'
import { useCompilers } from './compilers.ts'
import { answerLostBrowser, CONSOLE_PATHS, registerPages } from './console/pages.ts'
import { registerConsole } from './console/register-console.ts'
import { DOCS_PATHS, registerDocs } from './docs/docs.ts'
import { GUIDE_SHELF } from './docs/guides.ts'
import { GUIDE_PATHS, registerGuides } from './docs/register-guides.ts'
import { drainBody } from './drain-body.ts'
import { sendError } from './error-response.ts'
import { HEALTH_PATHS, registerHealth } from './health.ts'
import { MEDIA_PATHS, registerMedia } from './media.ts'
import { METRICS_PATH, observeHttp, registerMetrics } from './metrics.ts'
import { type FindKey, refuseOtherMethods, registerOperation } from './register-operation.ts'
import { createHandlers } from './routes.ts'
import { createSecurityHeaders } from './security-headers.ts'
import type { Services } from './services.ts'
import { trackSilentConnections } from './silent-connections.ts'

/** Paths beside the operations, all of which are only read. */
const PAGES = [...HEALTH_PATHS, ...MEDIA_PATHS, ...DOCS_PATHS, ...GUIDE_PATHS, ...CONSOLE_PATHS]

const BODY_LIMIT_BYTES = 1024 * 1024

/** Builds the HTTP server without listening: routes from the table of operations, one error answer for everything. */
export async function createHttpServer(services: Services): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: services.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request showed in the profile of reads (`bench/reads.ts`); what is logged of one names it.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT_BYTES,
    // What comes on an open connection while the server closes is still answered.
    return503OnClosing: false,
    requestIdHeader: false,
    trustProxy: services.trustedProxies,
    genReqId: (request) => {
      const sent = request.headers['x-request-id']
      return typeof sent === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(sent) ? sent : services.identifiers.uuid()
    },
    rewriteUrl: (request) => encodeSlug(request.url ?? '/'),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, services.identifiers.uuid()),
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id)
      sendError(
        new ClipiaError('invalid_request', 'The path is malformed.', { cause: error }),
        request as FastifyRequest,
        reply,
      )
    },
  })
  // Open streams, and connections that were opened in advance, would keep the server from closing.
  const endSilentConnections = trackSilentConnections(app.server)
  app.addHook('preClose', async () => {
    services.events.drain()
    endSilentConnections()
  })
  useCompilers(app)
  readEveryBodyAsJson(app)
  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 413) await drainBody(request.raw)
    sendError(error, request, reply)
    return reply
  })
  app.setNotFoundHandler((request, reply) => {
    if (answerLostBrowser(services, request, reply)) return
    sendError(new ClipiaError('not_found', `There is nothing at ${request.method} ${pathOf(request)}.`), request, reply)
  })
  const securityHeaders = createSecurityHeaders()
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders).header('x-request-id', request.id)
    done()
  })
  if (services.metrics !== null) observeHttp(app, services.metrics.metrics)
  const handlers = createHandlers(services)
  const findKey: FindKey = (request, reply) => {
    void reply.headers({ 'cache-control': 'private', vary: 'Authorization, X-Api-Key' })
    return services.authenticate(request.headers)
  }
  for (const name of Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]) {
    registerOperation(app, services, OPERATIONS[name], handlers[name] as never, findKey)
  }
  refuseOtherMethods(app, [
    ...Object.values<Operation>(OPERATIONS),
    ...registerConsole(app, services, handlers),
    ...[...PAGES, ...registerMetricsPage(app, services)].map((path) => ({ method: 'GET', path }) as const),
    { method: 'POST', path: CALLBACKS_PATH },
    { method: 'POST', path: MCP_PATH },
  ])
  registerHealth(app, services)
  await registerMedia(app, services)
  registerDocs(app, services)
  registerGuides(app, services)
  await registerCallbacks(app, services)
  registerPages(app, services)
  registerMcp(app, { ...services, guides: GUIDE_SHELF })
  return app
}

/** Serves the metrics where they are behind a token here, and answers the paths they have. */
function registerMetricsPage(app: FastifyInstance, { metrics }: Services): readonly string[] {
  if (metrics === null || metrics.token === null) return []
  registerMetrics(app, metrics.metrics, metrics.token)
  return [METRICS_PATH]
}

/** A bare `curl -d` sends a form's content type: a body is JSON whatever it calls itself. */
function readEveryBodyAsJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parseJson = app.getDefaultJsonParser('error', 'ignore')
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    // No body at all, though a client announced one: whether one is needed the operation's schema says.
    if (body === '') done(null, undefined)
    else void parseJson(request, body as string, done)
  })
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const type = headers['content-type']
    // A form stays one, for the routes that take forms; to all others it is no valid JSON.
    if (type !== undefined && !/^multipart\/form-data\s*;/i.test(type)) headers['content-type'] = 'application/json'
    done()
  })
}

/** A slug's slashes may come raw: `/v1/models/google/imagen4/estimate` is served as `.../google%2Fimagen4/estimate`. */
function encodeSlug(url: string): string {
  const match = /^\/v1\/models\/([^?]+?)(\/estimate)?\/?(\?.*)?$/.exec(url)
  if (match === null) return url
  const [, slug = '', action = '', query = ''] = match
  return `/v1/models/${slug.replaceAll('/', '%2F')}${action}${query}`
}

function pathOf(request: FastifyRequest): string {
  return (request.originalUrl.split('?')[0] ?? '').slice(0, 200).replace(/[^\w./%-]/g, '?')
}
