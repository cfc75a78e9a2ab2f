import type { TSchema } from 'typebox'
import type { ApiKey } from '../keys/api-key.ts'
import type { CallOperation } from './call-operation.ts'
import type { McpServices } from './mcp-services.ts'

/** What a tool works with: one call of one caller. */
export interface ToolContext {
  services: McpServices
  key: ApiKey
  call: CallOperation
  /** When it must have answered, by `performance.now()`, whatever hangs. */
  deadline: number
  /** Set as soon as it is known, so that an answer that must be given early can still name it. */
  requestId: string | null
}

/** What a tool answers: data, links to media, or a refusal. */
export interface ToolAnswer {
  data: Record<string, unknown>
  links?: readonly MediaLink[]
  previews?: readonly Preview[]
  isError?: boolean
}

/** Media by their address; never the bytes themselves. */
export interface MediaLink {
  uri: string
  name: string
  mimeType: string
}

/** A picture small enough to be looked at inside an answer, in base64. */
export interface Preview {
  data: string
  mimeType: string
}

/** One tool as agents see it, and what serves it. Hints are promises: a client may call a read-only tool unasked. */
export interface Tool {
  name: string
  title: string
  description: string
  isReadOnly: boolean
  isIdempotent: boolean
  isDestructive: boolean
  /** Whether it reaches beyond this server: providers, addresses in inputs. */
  isOpenWorld: boolean
  input: TSchema
  output: TSchema
  run(context: ToolContext, args: Record<string, unknown>): Promise<ToolAnswer>
  /** Besides the fact that it took too long: what is safe to do next. */
  whenLate: string
}

/** The hints of a tool that changes nothing, here or elsewhere. */
export const READ_ONLY = { isReadOnly: true, isIdempotent: true, isDestructive: false, isOpenWorld: false } as const
