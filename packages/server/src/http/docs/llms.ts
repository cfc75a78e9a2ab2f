import { GUIDES, readGuide } from './guides.ts'

/** What language models read first, as https://llmstxt.org describes it. `origin` has no trailing slash. */
export function writeLlmsText(origin: string): string {
  const guides = GUIDES.map(({ name, title, about }) => `- [${title}](${origin}/guides/${name}.md): ${about}`)
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

/** The same with every guide behind it. */
export async function writeLlmsFullText(origin: string): Promise<string> {
  return [writeLlmsText(origin), ...(await Promise.all(GUIDES.map(readGuide)))].join('\n\n')
}
