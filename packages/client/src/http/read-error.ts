import { ClipiaApiError } from '../errors/api-error.ts'
import { readRetryAfter } from './retry-after.ts'

interface ErrorFields {
  code?: unknown
  type?: unknown
  message?: unknown
  param?: unknown
}

function fieldsOf(text: string): ErrorFields {
  try {
    const body = JSON.parse(text) as { error?: unknown } | null
    return typeof body?.error === 'object' && body.error !== null ? body.error : {}
  } catch {
    // A proxy's page, say: the status says enough.
    return {}
  }
}

const textOr = <T>(value: unknown, otherwise: T) => (typeof value === 'string' && value !== '' ? value : otherwise)

/** Makes the error of an answer that is none of success; a body that is not the API's leaves its status to speak. */
export function readError({ status, headers }: Response, text: string, generationId?: string): ClipiaApiError {
  const { code, type, message, param } = fieldsOf(text)
  return new ClipiaApiError({
    status,
    code: textOr(code, 'unknown_error'),
    type: textOr(type, 'api_error'),
    message: textOr(message, `the server answered ${status}`),
    param: textOr(param, undefined),
    requestId: headers.get('x-request-id') ?? undefined,
    generationId,
    retryAfterMs: readRetryAfter(headers.get('retry-after'), Date.now()),
  })
}
