import type { ErrorAnswer } from '@clipia/contract'

/** An error the server answered. `code` and `param` are the contract's; `status` 0 means that it was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly param: string | undefined

  constructor(status: number, code: string, message: string, param?: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.param = param
  }
}

/** What a call may have. */
export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

/**
 * Calls the console's API: `path` follows `/console/v1`. The session's cookie goes along by itself. Throws
 * {@link ApiError}; answers undefined where there is no body.
 */
export async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, options: CallOptions = {}): Promise<T> {
  const { body, headers, signal } = options
  const isForm = body instanceof FormData
  let response: Response
  try {
    response = await fetch(`/console/v1${path}`, {
      method,
      headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'offline', 'offline')
  }
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  const error = (answer as ErrorAnswer | null)?.error
  throw new ApiError(response.status, error?.code ?? 'unknown', error?.message ?? response.statusText, error?.param)
}
