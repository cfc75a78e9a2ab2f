import { fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import { MEDIA_TYPES } from '../catalogue/model.ts'
import { isVisible } from '../generations/find-model.ts'
import { VERSION } from '../version.ts'
import { answerWithin } from './answer-within.ts'
import type { Tool, ToolAnswer, ToolContext } from './tool.ts'
import { CATALOGUE_TOOLS } from './tools/catalogue-tools.ts'
import { generateTool } from './tools/generate-tool.ts'
import { REQUEST_TOOLS } from './tools/request-tools.ts'

/** Every tool has answered by then. */
const ANSWER_LIMIT_MS = 24_000

const INSTRUCTIONS =
  'Clipia makes images, video and audio for credits. Look for a model with list_models and its parameters with get_model, ask estimate_cost for the price, then generate. Keep each request_id. Follow next and next_poll_ms until a generation is over. The same call again never buys twice.'

/** The server of one request to `/mcp`: it knows its caller, and nothing of it is left afterwards. */
export function createMcpServer(caller: Omit<ToolContext, 'requestId'>): McpServer {
  const server = new McpServer({ name: 'clipia', title: 'Clipia', version: VERSION }, { instructions: INSTRUCTIONS })
  for (const tool of toolsFor(caller)) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: toSchema(tool.input),
        outputSchema: toSchema(tool.output),
        annotations: {
          readOnlyHint: tool.isReadOnly,
          idempotentHint: tool.isIdempotent,
          destructiveHint: tool.isDestructive,
          openWorldHint: false,
        },
      },
      async (args) => toResult(await runTool(tool, { ...caller, requestId: null }, Object(args))),
    )
  }
  return server
}

/** The tools with the limits of the models the key sees. */
function toolsFor({ services, key }: Omit<ToolContext, 'requestId'>): Tool[] {
  const models = services
    .catalogue()
    .list()
    .filter((model) => isVisible(model, key, services.engines))
  const ofType = (type: string) => models.filter((model) => model.type === type)
  return [...CATALOGUE_TOOLS, ...MEDIA_TYPES.map((type) => generateTool(type, ofType(type))), ...REQUEST_TOOLS]
}

function runTool(tool: Tool, context: ToolContext, args: Record<string, unknown>): Promise<ToolAnswer> {
  return answerWithin(ANSWER_LIMIT_MS, tool.run(context, args), () => ({
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

function toResult({ data, links = [], isError = false }: ToolAnswer) {
  return {
    content: [
      { type: 'text' as const, text: JSON.stringify(data) },
      ...links.map((link) => ({ type: 'resource_link' as const, ...link })),
    ],
    ...(isError ? { isError } : { structuredContent: data }),
  }
}

function toSchema(schema: object) {
  return fromJsonSchema<Record<string, unknown>>(schema as Parameters<typeof fromJsonSchema>[0])
}
