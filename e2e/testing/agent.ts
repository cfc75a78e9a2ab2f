import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { CLIPIA_COMMAND, environmentWith } from './child-process.ts'

/** How an agent reaches a server. */
export type Way = 'HTTP' | 'stdio'

/** What a tool answered; `text` is all of its content as JSON. */
export interface Used {
  data: Record<string, unknown>
  text: string
  isError: boolean
}

/** An agent of the official client. */
export interface Agent {
  client: Client
  use(tool: string, args: Record<string, unknown>): Promise<Used>
  /** Follows `next` until the generation is over; answers every answer on the way. */
  follow(first: Used, waitSeconds: number): Promise<Used[]>
}

/** Connects an agent to the server at a URL. */
export async function openAgent(way: Way, url: string, key: string): Promise<Agent> {
  const client = new Client({ name: 'agent', version: '1' })
  await client.connect(transportOf(way, url, key))
  const use = async (name: string, args: Record<string, unknown>): Promise<Used> => {
    const { structuredContent, content, isError = false } = await client.callTool({ name, arguments: args })
    const first = content[0]?.type === 'text' ? content[0].text : ''
    const data = structuredContent ?? (first.startsWith('{') ? JSON.parse(first) : {})
    return { data: Object(data), text: JSON.stringify(content), isError: isError === true }
  }
  return {
    client,
    use,
    async follow(first, waitSeconds) {
      const answers = [first]
      for (let last = first; last.data.next !== undefined; answers.push(last)) {
        const { tool, arguments: args } = last.data.next as { tool: string; arguments: Record<string, unknown> }
        last = await use(tool, { ...args, wait_seconds: waitSeconds })
      }
      return answers
    },
  }
}

function transportOf(way: Way, url: string, key: string): Transport {
  if (way === 'HTTP') {
    const requestInit = { headers: { Authorization: `Bearer ${key}` } }
    return new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit })
  }
  return new StdioClientTransport({
    command: process.execPath,
    args: [CLIPIA_COMMAND, 'mcp'],
    env: environmentWith({ CLIPIA_KEY: key, CLIPIA_BASE_URL: url }),
  })
}
