import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

const FOLDER = fileURLToPath(new URL('../../../../../docs/', import.meta.url))

/** The guides for those who call the API, by their name in paths: file, and what it tells. */
const GUIDES = {
  waiting: { file: 'guides/waiting.md', about: 'Four ways to learn that a request is over.' },
  webhooks: { file: 'guides/webhooks.md', about: 'What is told to a webhook_url, and how its signature is checked.' },
  sandbox: { file: 'guides/sandbox.md', about: 'Test keys: what they do for nothing, and scenarios of failure.' },
  files: { file: 'guides/files.md', about: 'Giving pictures, videos and sounds to models; deleting them.' },
  history: { file: 'guides/history.md', about: 'Listing requests and every movement of credits.' },
  agents: { file: 'agents/README.md', about: 'The MCP server at /mcp: tools, configuration, limits on spending.' },
} as const

type GuideName = keyof typeof GUIDES
const NAMES = Object.keys(GUIDES) as GuideName[]

/** What {@link registerGuides} serves. */
export const GUIDE_PATHS = ['/llms.txt', '/llms-full.txt', '/guides/:name']

/** `/guides/<name>.md`, and what language models read first: `/llms.txt` (https://llmstxt.org) and all of it in one. */
export function registerGuides(app: FastifyInstance, { publicUrl }: Services): void {
  const markdown = { 'content-type': 'text/markdown; charset=utf-8', 'cache-control': 'no-cache' }
  const text = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' }
  const read = (name: GuideName) => readFile(FOLDER + GUIDES[name].file, 'utf8')

  app.get('/llms.txt', async (_request, reply) => reply.headers(text).send(overview(publicUrl())))
  app.get('/llms-full.txt', async (_request, reply) => {
    const guides = await Promise.all(NAMES.map(read))
    return reply.headers(text).send([overview(publicUrl()), ...guides].join('\n\n'))
  })
  app.get<{ Params: { name: string } }>('/guides/:name', async ({ params }, reply) => {
    const name = NAMES.find((known) => params.name === `${known}.md`)
    if (name === undefined) return reply.callNotFound()
    return reply.headers(markdown).send(await read(name))
  })
}

function overview(origin: string): string {
  const guides = NAMES.map((name) => `- [${name}](${origin}/guides/${name}.md): ${GUIDES[name].about}`)
  return `# Clipia

> One HTTP API over many image, video and audio models: prices in credits known before anything runs, a durable queue,
> signed webhooks, a sandbox.

Send an API key as \`Authorization: Bearer <key>\`. A key that begins with \`clipia_test_\` costs nothing. Ask
\`POST ${origin}/v1/models/{slug}/estimate\` for the price, submit with \`POST ${origin}/v1/models/{slug}\` and an
\`Idempotency-Key\`, and read \`GET ${origin}/v1/requests/{id}\` until it answers 200. Repeat a submit whose answer was
lost with the same \`Idempotency-Key\`: it is charged once.

## Reference

- [OpenAPI 3.1](${origin}/openapi.json): every operation with its schemas and errors.
- [The catalogue](${origin}/v1/models): models and prices; it needs a key.
- [MCP server](${origin}/mcp): the same as tools.

## Guides

${guides.join('\n')}
`
}
