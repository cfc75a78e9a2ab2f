import assert from 'node:assert/strict'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** What a tool answered, as an agent reads it. */
export interface Told {
  isError: boolean
  data: Record<string, unknown>
  /** The first text as it came. */
  text: string
  links: string[]
  /** Pictures inside the answer. */
  previews: { bytes: Buffer; mimeType: string }[]
}

/** An agent of the official client, connected to `/mcp` with a key. */
export async function connectAgent(url: string | URL, key: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const requestInit = { headers: { 'X-Api-Key': key } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }))
  // From then on it knows the output schemas.
  await client.listTools()
  return client
}

/** Calls one tool; the client checks what it answers against the tool's output schema. */
export async function useTool(client: Client, name: string, args: Record<string, unknown>): Promise<Told> {
  const { content, isError = false, structuredContent } = await client.callTool({ name, arguments: args })
  const [first] = content
  assert.ok(first?.type === 'text')
  const data = readJson(first.text)
  if (structuredContent !== undefined) assert.deepEqual(structuredContent, data)
  return {
    isError: isError === true,
    data,
    text: first.text,
    links: content.flatMap((item) => (item.type === 'resource_link' ? [item.uri] : [])),
    previews: content.flatMap((item) =>
      item.type === 'image' ? [{ bytes: Buffer.from(item.data, 'base64'), mimeType: item.mimeType }] : [],
    ),
  }
}

/** Refusals of arguments come from the library and are no JSON. */
function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}
