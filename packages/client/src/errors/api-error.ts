/** Codes of the API, and of what fails before it can answer; more may come. */
export type ApiErrorCode =
  | 'invalid_request'
  | 'invalid_api_key'
  | 'insufficient_credits'
  | 'insufficient_scope'
  | 'not_found'
  | 'method_not_allowed'
  | 'idempotency_key_reuse'
  | 'request_in_progress'
  | 'price_changed'
  | 'not_cancelable'
  | 'model_input_invalid'
  | 'rate_limit_exceeded'
  | 'internal_error'
  | 'service_unavailable'
  | 'network_error'
  | 'subscribe_timeout'
  | (string & {})

/** What a {@link ClipiaApiError} is made of. */
export interface ApiErrorFacts {
  status: number
  code: ApiErrorCode
  type: string
  message: string
  param?: string | undefined
  requestId?: string | undefined
  generationId?: string | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/**
 * The API failed: it refused a call, or could not be reached. A generation that failed is no error but a result with
 * the status `FAILED`.
 */
export class ClipiaApiError extends Error {
  override readonly name: string = 'ClipiaApiError'
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Stable code to branch on. */
  readonly code: ApiErrorCode
  /** Family of the code, such as `invalid_request_error`. */
  readonly type: string
  /** The one field to blame, such as `duration`. */
  readonly param: string | undefined
  /** The answer's `X-Request-Id`, to quote in a report; of a timeout, the request that goes on. */
  readonly requestId: string | undefined
  /** `request_id` of the generation the call was about; it goes on, and `subscribe` can resume it. */
  readonly generationId: string | undefined
  /** What the server asks to wait before another try, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor({ message, cause, ...facts }: ApiErrorFacts) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = facts.status
    this.code = facts.code
    this.type = facts.type
    this.param = facts.param
    this.requestId = facts.requestId
    this.generationId = facts.generationId
    this.retryAfterMs = facts.retryAfterMs
  }
}
