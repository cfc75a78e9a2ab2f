import type { TSchema } from 'typebox'
import type { ErrorCode } from './error-codes.ts'

/** Scopes of an API key; a new key has both. */
export const SCOPES = ['generate', 'read'] as const
export type Scope = (typeof SCOPES)[number]

/** Modes of an API key: `live` spends credits, `test` is the sandbox. Requests of one are invisible to the other. */
export const MODES = ['live', 'test'] as const
export type Mode = (typeof MODES)[number]

/** What an operation answers with one HTTP status. */
export interface OperationAnswer {
  description: string
  /** Of the JSON body; null for an answer without one. */
  schema: TSchema | null
  /** What else it may be, by content type. */
  otherTypes?: Readonly<Record<string, TSchema>>
}

/** One operation of the API: what routes, OpenAPI and the reference derive from. */
export interface Operation {
  method: 'GET' | 'POST' | 'DELETE'
  /** Path with `{name}` parameters, each of which has a schema in `params`. */
  path: string
  tag: string
  summary: string
  description: string
  /** `key`: any valid API key; `session`: who is signed in to the console; `none`: open to everyone. */
  auth: 'key' | 'session' | 'none'
  /** Role in the account a session must have for it. */
  role?: 'owner'
  /** Scope the key must have besides being valid. */
  scope?: Scope
  /** Which of the key's two buckets a call is counted in; writes are the scarce one. */
  bucket?: 'write' | 'read'
  params?: Record<string, TSchema>
  query?: Record<string, TSchema>
  headers?: Record<string, TSchema>
  body?: TSchema
  /** Instead of JSON the body is a form (multipart/form-data) with one file, in this field. */
  upload?: { field: string; description: string }
  /** A body that works, for the reference. */
  bodyExample?: unknown
  /** Answers by HTTP status. */
  answers: Record<number, OperationAnswer>
  /** Codes this operation may answer besides those every operation may. */
  errors: readonly ErrorCode[]
}
