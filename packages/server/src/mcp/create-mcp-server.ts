import { McpServer } from '@modelcontextprotocol/server'
import { VERSION } from '../version.ts'
import { answerWithin } from './answer-within.ts'
import { registerPrompts } from './prompts/register-prompts.ts'
import { registerResources } from './resources/register-resources.ts'
import type { Tool, ToolAnswer, ToolContext } from './tool.ts'
import type { ReadyTool } from './tool-sets.ts'

const INSTRUCTIONS =
  'Clipia makes images, video and audio for credits. Look for a model with list_models and its parameters with get_model, ask estimate_cost for the price, then generate. Keep each request_id. Follow next and next_poll_ms until a generation is over. The same call again never buys twice.'

/** The server of one request to `/mcp`: it knows its caller, and nothing of it is left afterwards. */
export function createMcpServer(caller: Omit<ToolContext, 'requestId'>, tools: readonly ReadyTool[]): McpServer {
  const server = new McpServer({ name: 'clipia', title: 'Clipia', version: VERSION }, { instructions: INSTRUCTIONS })
  for (const { tool, input, output } of tools) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: input,
        outputSchema: output,
        annotations: {
          readOnlyHint: tool.isReadOnly,
          idempotentHint: tool.isIdempotent,
          destructiveHint: tool.isDestructive,
          openWorldHint: tool.isOpenWorld,
        },
      },
      async (args) => toResult(await runTool(tool, { ...caller, requestId: null }, Object(args))),
    )
  }
  registerResources(server, caller)
  registerPrompts(server, caller)
  return server
}

function runTool(tool: Tool, context: ToolContext, args: Record<string, unknown>): Promise<ToolAnswer> {
  return answerWithin(context.deadline - performance.now(), tool.run(context, args), () => ({
    isError: true,
    data: {
      ...(context.requestId !== null && { request_id: context.requestId }),
      error: { code: 'service_unavailable', message: 'This takes too long here.' },
      what_to_do:
        context.requestId === null
          ? tool.whenLate
          : `Call wait_generation with request_id ${context.requestId}; it may go on.`,
    },
  }))
}

function toResult({ data, links = [], previews = [], isError = false }: ToolAnswer) {
  return {
    content: [
      { type: 'text' as const, text: JSON.stringify(data) },
      ...previews.map((preview) => ({ type: 'image' as const, ...preview })),
      ...links.map((link) => ({ type: 'resource_link' as const, ...link })),
    ],
    ...(isError ? { isError } : { structuredContent: data }),
  }
}
