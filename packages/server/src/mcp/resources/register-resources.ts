import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceTemplate } from '@modelcontextprotocol/server'
import { isVisible } from '../../generations/find-model.ts'
import { answerWithin } from '../answer-within.ts'
import type { OperationReply } from '../call-operation.ts'
import type { ToolContext } from '../tool.ts'

const READ_LIMIT_MS = 20_000
const RECENT = 20
const JSON_TYPE = 'application/json'
const MODEL_PREFIX = 'clipia://models/'
const GENERATION_PREFIX = 'clipia://generations/'

type Caller = Omit<ToolContext, 'requestId'>

/** What agents may read without a tool: the catalogue, each model, recent generations, the guides. */
export function registerResources(server: McpServer, caller: Caller): void {
  const { call } = caller
  server.registerResource(
    'catalogue',
    'clipia://models',
    {
      title: 'The catalogue',
      description: 'Every model with what it makes and costs in credits.',
      mimeType: JSON_TYPE,
    },
    (uri) => read(uri.href, call('listModels')),
  )
  registerModels(server, caller)
  server.registerResource(
    'generations',
    'clipia://generations',
    {
      title: 'Recent generations',
      description: `The latest ${RECENT} requests of the account in the mode of the key, newest first.`,
      mimeType: JSON_TYPE,
    },
    (uri) => read(uri.href, call('listRequests', { query: { limit: RECENT } })),
  )
  server.registerResource(
    'generation',
    new ResourceTemplate(`${GENERATION_PREFIX}{request_id}`, { list: undefined }),
    { title: 'A generation', description: 'One request as it stands, with its result.', mimeType: JSON_TYPE },
    (uri, { request_id: id }) => read(uri.href, call('getResult', { params: { id: textOf(id) } })),
  )
  registerGuides(server, caller)
}

function registerModels(server: McpServer, { services, key, call }: Caller): void {
  const visible = () =>
    services
      .catalogue()
      .list()
      .filter((model) => isVisible(model, key, services.engines))
  const template = new ResourceTemplate(`${MODEL_PREFIX}{slug}`, {
    list: () => ({
      resources: visible().map(({ slug, name, type }) => ({
        uri: `${MODEL_PREFIX}${encodeURIComponent(slug)}`,
        name: slug,
        title: name,
        description: `${name}: makes ${type}.`,
        mimeType: JSON_TYPE,
      })),
    }),
    complete: {
      slug: (typed) => {
        const slugs = visible().map(({ slug }) => encodeURIComponent(slug))
        return slugs.filter((slug) => slug.startsWith(typed))
      },
    },
  })
  server.registerResource(
    'model',
    template,
    {
      title: 'A model',
      description: 'Parameters with their limits, and the pricing, of one model. A / in a slug is %2F.',
      mimeType: JSON_TYPE,
    },
    (uri, { slug }) => read(uri.href, call('getModel', { params: { slug: textOf(slug) } })),
  )
}

function registerGuides(server: McpServer, { services: { guides } }: Caller): void {
  for (const { name, title, about } of guides.list) {
    const metadata = { title, description: about, mimeType: 'text/markdown' }
    server.registerResource(`guide-${name}`, `clipia://guides/${name}`, metadata, async (uri) => ({
      contents: [{ uri: uri.href, mimeType: 'text/markdown', text: await guides.read(name) }],
    }))
  }
}

/** The answer of an operation as the contents of a resource; a refusal is an error with the message of the API. */
async function read(uri: string, operation: Promise<OperationReply>) {
  const late = (): OperationReply => {
    throw new ProtocolError(ProtocolErrorCode.InternalError, 'This takes too long here; reading again is free.')
  }
  const { status, body } = await answerWithin(READ_LIMIT_MS, operation, late)
  if (status >= 300) {
    const code = status >= 500 ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams
    throw new ProtocolError(code, String(Object(body.error).message))
  }
  return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(body) }] }
}

function textOf(variable: string | string[] | undefined): string {
  try {
    return decodeURIComponent(String(variable ?? ''))
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The address is malformed.')
  }
}
