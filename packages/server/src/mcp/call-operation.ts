import { OPERATIONS, type OperationName } from '@clipia/contract'
import type { FastifyInstance } from 'fastify'

/** What an operation answered: its status, its JSON, and whether a submit was a repetition. */
export interface OperationReply {
  status: number
  // Its shape is held by the schema of the operation.
  body: Record<string, unknown>
  isReplay: boolean
  /** Of a refusal that passes by itself: when to call again. */
  retryAfterSeconds: number | null
}

/** What an operation is called with; paths, queries and bodies are checked by the operation itself. */
export interface OperationInput {
  params?: Record<string, string>
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string>
  body?: unknown
  /** Instead of a JSON body: the one file of a form. */
  file?: { bytes: Buffer; name: string }
}

/** Calls operations of the API as one caller. */
export type CallOperation = (name: OperationName, input?: OperationInput) => Promise<OperationReply>

/**
 * Calls operations inside the process with the key a request to `/mcp` came with. They are let in, counted, checked and
 * answered exactly as over HTTP: a tool can do nothing that its key could not do there.
 */
export function createCallOperation(app: FastifyInstance, credentials: Record<string, string>): CallOperation {
  return async (name, { params = {}, query = {}, headers = {}, body, file } = {}) => {
    const { method, path } = OPERATIONS[name]
    const url = path.replace(/\{(\w+)\}/g, (_match, field: string) => encodeURIComponent(params[field] ?? ''))
    const search = new URLSearchParams()
    for (const [field, value] of Object.entries(query)) if (value !== undefined) search.set(field, String(value))
    const form = file === undefined ? null : await toForm(file)
    const reply = await app.inject({
      method,
      url: search.size === 0 ? url : `${url}?${search}`,
      headers: { ...credentials, ...headers, ...(form !== null && { 'content-type': form.type }) },
      ...(form !== null && { payload: form.bytes }),
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    return {
      status: reply.statusCode,
      body: reply.json(),
      isReplay: reply.headers['idempotent-replayed'] === 'true',
      retryAfterSeconds: Number(reply.headers['retry-after'] ?? 0) || null,
    }
  }
}

async function toForm({ bytes, name }: { bytes: Buffer; name: string }): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const message = new Response(form)
  return { type: message.headers.get('content-type') ?? '', bytes: Buffer.from(await message.arrayBuffer()) }
}
