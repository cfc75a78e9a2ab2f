// Not the whole contract, whose schemas take a tenth of a second to load: commands need none.
import { ERROR_CODES, type ErrorCode } from '@clipia/contract/error-codes'

interface ErrorDetails {
  /** Name of the one field that is to blame, such as `duration` or `webhook_url`. */
  param?: string
  /** What the operator should read in the log; never leaves the process by HTTP. */
  internal?: string
  cause?: unknown
  /** Seconds after which a retry makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number
}

/** The one error for what a caller can act on: a stable code, a public message, and what only the log may hold. */
export class ClipiaError extends Error {
  readonly code: ErrorCode
  readonly param: string | undefined
  readonly internal: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, publicMessage: string, details: ErrorDetails = {}) {
    super(publicMessage, { cause: details.cause })
    this.name = 'ClipiaError'
    this.code = code
    this.param = details.param
    this.internal = details.internal
    this.retryAfterSeconds = details.retryAfterSeconds
  }

  get status(): number {
    return ERROR_CODES[this.code].status
  }
}
