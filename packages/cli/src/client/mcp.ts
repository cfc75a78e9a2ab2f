import { processStreams } from './client-command.ts'
import { type ClientContext, type ClientFlags, findCredentials } from './context.ts'

const HOSTED_URL = 'https://api.clipia.ai'

/**
 * `clipia mcp`: hands the messages of an agent on stdin to `/mcp` of the server, and its answers back. The tools are the
 * server's; only messages go over stdout. A message the server does not take is answered with its refusal.
 */
export async function serveMcp(_context: ClientContext, flags: ClientFlags): Promise<void> {
  const { environment, stderr } = processStreams()
  const { key, baseUrl = HOSTED_URL } = findCredentials(flags, environment)
  const [{ StreamableHTTPClientTransport, isJSONRPCRequest, isJSONRPCResultResponse }, { StdioServerTransport }] =
    await Promise.all([import('@modelcontextprotocol/client'), import('@modelcontextprotocol/server/stdio')])
  const server = new StreamableHTTPClientTransport(new URL(`${baseUrl.replace(/\/+$/, '')}/mcp`), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  })
  const agent = new StdioServerTransport()
  server.onmessage = (message) => {
    if (isJSONRPCResultResponse(message)) {
      // From then on every message must name the version that was agreed.
      const { protocolVersion } = message.result
      if (typeof protocolVersion === 'string') server.setProtocolVersion(protocolVersion)
    }
    void agent.send(message)
  }
  agent.onmessage = (message) => {
    server.send(message).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error)
      stderr.write(`${text}\n`)
      if (!isJSONRPCRequest(message)) return
      void agent.send({ jsonrpc: '2.0', id: message.id, error: { code: -32_000, message: text } })
    })
  }
  agent.onclose = () => void server.close()
  await server.start()
  await agent.start()
}
