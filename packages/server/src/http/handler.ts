import type { OPERATIONS, Operation, OperationName } from '@clipia/contract'
import type { Static, TSchema } from 'typebox'
import type { ClipiaError } from '../errors.ts'
import type { ReadUpload } from '../files/upload-file.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { EventStream } from './event-stream.ts'

type Fields<Schemas> = { [Name in keyof Schemas]: Schemas[Name] extends TSchema ? Static<Schemas[Name]> : never }
type PartOf<Op, Part extends keyof Operation> = Op extends { [Key in Part]: infer Schemas } ? Fields<Schemas> : object

/** A checked request of an operation, as its handler sees it. */
export interface Call<Op> {
  /** The key of the caller. */
  key: ApiKey
  params: PartOf<Op, 'params'>
  query: PartOf<Op, 'query'>
  headers: PartOf<Op, 'headers'>
  /** The form of an operation that takes a file. */
  upload: Op extends { upload: object } ? ReadUpload : Operation extends Op ? ReadUpload | undefined : undefined
  body: Op extends { body: infer Schema extends TSchema } ? Static<Schema> : undefined
  /** What the caller would like to be answered with: the header `Accept`. */
  accept: string | undefined
  /** Set for a submit over its rate: thrown by it unless it is a replay. */
  rateRefusal: ClipiaError | null
  /** Calls back when the connection is closed; at once when it is already. */
  onClose(listener: () => void): void
}

/** What a handler answers; status 200 unless it says otherwise, null for an answer without a body. */
export interface Answer {
  status?: number
  body: unknown
  headers?: Record<string, string | string[]>
  /** Instead of a body: what fills an answer of server-sent events (status 200). */
  stream?: (stream: EventStream) => void
}

/** Parses nothing and maps no errors: it calls one operation and words its answer. */
export type Handler<Name extends OperationName> = (call: Call<(typeof OPERATIONS)[Name]>) => Promise<Answer>

/** A handler for every operation of the contract. */
export type Handlers = { [Name in OperationName]: Handler<Name> }
