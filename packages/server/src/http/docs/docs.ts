import { fileURLToPath } from 'node:url'
import { CONSOLE_OPERATIONS, createOpenApi } from '@clipia/contract'
import type { FastifyInstance } from 'fastify'
import { VERSION } from '../../version.ts'
import type { Services } from '../services.ts'

/** The reference page runs our own copy of Scalar, and nothing from any other host. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const PAGE_FOLDER = fileURLToPath(new URL('./page/', import.meta.url))

const FILES = {
  '/docs': { file: 'page.html', type: 'text/html; charset=utf-8' },
  '/docs/docs.css': { file: 'docs.css', type: 'text/css; charset=utf-8' },
  '/docs/boot.js': { file: 'boot.js', type: 'text/javascript; charset=utf-8' },
  '/docs/scalar.js': { file: 'scalar.js', type: 'text/javascript; charset=utf-8' },
} as const

/** What {@link registerDocs} serves. */
export const DOCS_PATHS = ['/openapi.json', '/console/openapi.json', ...Object.keys(FILES)]

/** `/openapi.json` and `/docs`: the reference with try-it. */
export function registerDocs(app: FastifyInstance, { publicUrl }: Services): void {
  app.get('/openapi.json', async (_request, reply) => {
    void reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'no-cache' })
    return createOpenApi(publicUrl(), VERSION)
  })
  app.get('/console/openapi.json', async () => createOpenApi(publicUrl(), VERSION, CONSOLE_OPERATIONS))
  for (const [path, { file, type }] of Object.entries(FILES)) {
    app.get(path, async (_request, reply) => {
      return reply
        .headers({ 'content-type': type, 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' })
        .sendFile(file, PAGE_FOLDER, { contentType: false, cacheControl: false })
    })
  }
}
