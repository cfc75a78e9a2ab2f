import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import { renderGuide } from './guide-page.ts'
import { findGuide, readGuide } from './guides.ts'
import { writeLlmsFullText, writeLlmsText } from './llms.ts'

const PAGE_FOLDER = fileURLToPath(new URL('./page/', import.meta.url))

/** The pages run one script of ours, and nothing comes from any other host. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

const MARKDOWN = { 'content-type': 'text/markdown; charset=utf-8', 'cache-control': 'no-cache' }
const TEXT = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' }
const PAGE = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy': PAGE_POLICY,
}

/** What {@link registerGuides} serves. */
export const GUIDE_PATHS = ['/llms.txt', '/llms-full.txt', '/guides', '/guides/:name']

/** The guides as pages, `/guides/<name>`, and as Markdown, `/guides/<name>.md`; `/llms.txt` and `/llms-full.txt`. */
export function registerGuides(app: FastifyInstance, { publicUrl }: Services): void {
  app.get('/llms.txt', async (_request, reply) => reply.headers(TEXT).send(writeLlmsText(publicUrl())))
  app.get('/llms-full.txt', async (_request, reply) => reply.headers(TEXT).send(await writeLlmsFullText(publicUrl())))
  app.get('/guides', async (_request, reply) => reply.redirect('/guides/quickstart'))
  for (const [file, type] of [
    ['guides.css', 'text/css'],
    ['article.css', 'text/css'],
    ['guides.js', 'text/javascript'],
  ] as const) {
    app.get(`/guides/${file}`, async (_request, reply) => {
      const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }
      return reply.headers(headers).sendFile(file, PAGE_FOLDER, { contentType: false, cacheControl: false })
    })
  }
  app.get<{ Params: { name: string } }>('/guides/:name', async ({ params }, reply) => {
    const guide = findGuide(params.name.replace(/\.md$/, ''))
    if (guide === undefined) return reply.callNotFound()
    const markdown = await readGuide(guide)
    return params.name.endsWith('.md')
      ? reply.headers(MARKDOWN).send(markdown)
      : reply.headers(PAGE).send(renderGuide(guide, markdown))
  })
}
