/** The `type` of an error answer: the family a client may branch on. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'api_error'

/** What an error code means on the wire: its HTTP status and its family. */
export interface ErrorKind {
  /** HTTP status of the answer. */
  status: number
  /** Family, sent as `error.type`. */
  type: ErrorType
  /** When a client meets it; shown in the reference. */
  description: string
}

/** Every error code of the API. A code's status and type never change once published. */
export const ERROR_CODES = {
  invalid_request: {
    status: 400,
    type: 'invalid_request_error',
    description: 'The request is malformed: broken JSON, a wrong body shape, a bad webhook_url or quote.',
  },
  payload_too_large: {
    status: 413,
    type: 'invalid_request_error',
    description: 'The body is larger than the limit; on the wire its code is invalid_request.',
  },
  invalid_api_key: {
    status: 401,
    type: 'authentication_error',
    description: 'The API key is missing, malformed, unknown, revoked or expired.',
  },
  not_signed_in: {
    status: 401,
    type: 'authentication_error',
    description: 'The console needs a session: sign in first.',
  },
  invalid_credentials: {
    status: 401,
    type: 'authentication_error',
    description: 'The email or the password is wrong.',
  },
  insufficient_credits: {
    status: 402,
    type: 'invalid_request_error',
    description: "The account's balance or the key's budget is too low for this price.",
  },
  insufficient_scope: {
    status: 403,
    type: 'permission_error',
    description: 'The key lacks the scope this operation needs, or may not use this model.',
  },
  forbidden: {
    status: 403,
    type: 'permission_error',
    description: 'Only an owner may do this, or the call came from a page of another origin.',
  },
  not_found: {
    status: 404,
    type: 'invalid_request_error',
    description: 'No such path, model or request; also the answer for what belongs to another account.',
  },
  method_not_allowed: {
    status: 405,
    type: 'invalid_request_error',
    description: 'The path exists, but not with this method; see the Allow header.',
  },
  conflict: {
    status: 409,
    type: 'invalid_request_error',
    description: 'It is so already, or another rule forbids it now; the message says which.',
  },
  idempotency_key_reuse: {
    status: 409,
    type: 'invalid_request_error',
    description: 'The Idempotency-Key was used within 24 hours for a different request.',
  },
  request_in_progress: {
    status: 409,
    type: 'invalid_request_error',
    description: 'The first request with this Idempotency-Key has not been committed yet; try again after Retry-After.',
  },
  price_changed: {
    status: 409,
    type: 'invalid_request_error',
    description: 'The price is above max_cost, or the quote has expired; the message names the new price.',
  },
  not_cancelable: {
    status: 409,
    type: 'invalid_request_error',
    description: 'The request is over, or its engine cannot cancel.',
  },
  not_deletable: {
    status: 409,
    type: 'invalid_request_error',
    description: 'The request is not over yet; cancel it, or wait until it is.',
  },
  file_in_use: {
    status: 409,
    type: 'invalid_request_error',
    description: 'A request that is not over yet needs the file.',
  },
  quota_exceeded: {
    status: 413,
    type: 'invalid_request_error',
    description: "The account's files would take more space than its quota; delete some, or wait until they expire.",
  },
  model_input_invalid: {
    status: 422,
    type: 'invalid_request_error',
    description: 'The input does not fit the model; param names the field and the message says what is allowed.',
  },
  rate_limit_exceeded: {
    status: 429,
    type: 'rate_limit_error',
    description: "The key's requests per minute are used up; try again after Retry-After seconds.",
  },
  internal_error: {
    status: 500,
    type: 'api_error',
    description: 'An unexpected error; quote the X-Request-Id when you report it.',
  },
  service_unavailable: {
    status: 503,
    type: 'api_error',
    description: 'The database or an engine is away, or the node is shutting down; try again after Retry-After.',
  },
} as const satisfies Record<string, ErrorKind>

/** A code of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES

/** Codes of `error.code` in the result of a FAILED request; upper case sets them apart from API errors. */
export const GENERATION_ERROR_CODES = [
  'GENERATION_FAILED',
  'CONTENT_REJECTED',
  'INPUT_UNREACHABLE',
  'TIMED_OUT',
] as const

/** A code of {@link GENERATION_ERROR_CODES}. */
export type GenerationErrorCode = (typeof GENERATION_ERROR_CODES)[number]
