import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

/** Where the build of the console lies; `npm ci` makes it. */
const BUILD = fileURLToPath(new URL('../../../../console/dist/', import.meta.url))

/** Addresses of the console's pages. All of them are one document, which shows what its address says. */
const PAGES = [
  '/',
  '/sign-in',
  '/welcome',
  '/playground',
  '/playground/*',
  '/requests',
  '/requests/*',
  '/usage',
  '/credits',
  '/keys',
  '/webhooks',
  '/webhooks/*',
  '/models',
  '/agents',
  '/settings',
  '/settings/*',
]

/** What {@link registerPages} serves. */
export const CONSOLE_PATHS = [...PAGES, '/assets/*']

/**
 * The pages of the console. No script, style or font comes from anywhere else; pictures and films may come from the
 * origin of media. The files under `/assets/` have names that change with their content.
 */
export function registerPages(app: FastifyInstance, services: Services): void {
  if (!existsSync(BUILD)) return
  for (const path of PAGES) app.get(path, async (_request, reply) => sendPage(services, reply))
  app.get<{ Params: { '*': string } }>('/assets/*', async ({ params }, reply) => {
    return reply.sendFile(`assets/${params['*']}`, BUILD, { immutable: true, maxAge: '1y' })
  })
}

/** Answers a browser that asks for a page there is none of with the console, which says so; false for anyone else. */
export function answerLostBrowser(services: Services, { method, url, headers }: FastifyRequest, reply: FastifyReply) {
  const isApi = /^\/(v1|console\/v1|media|assets|mcp)(\/|\?|$)/.test(url)
  const wantsPage = method === 'GET' && headers.accept?.includes('text/html') === true
  if (isApi || !wantsPage || !existsSync(BUILD)) return false
  void sendPage(services, reply.code(404))
  return true
}

function sendPage({ mediaUrl }: Services, reply: FastifyReply): FastifyReply {
  const headers = {
    'cache-control': 'no-cache',
    'content-security-policy': policyOf(mediaUrl()),
    // Under no-referrer browsers would call their own origin null, and every call would be refused.
    'referrer-policy': 'same-origin',
  }
  return reply.headers(headers).sendFile('index.html', BUILD, { cacheControl: false })
}

function policyOf(mediaUrl: string): string {
  const { origin } = new URL(mediaUrl)
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: ${origin}`,
    `media-src 'self' blob: ${origin}`,
    `connect-src 'self' ${origin}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
