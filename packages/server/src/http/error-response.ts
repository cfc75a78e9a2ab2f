import { ERROR_CODES, type ErrorAnswer, headerName } from '@clipia/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ClipiaError } from '../errors.ts'

/** The only place where errors become HTTP: whatever was thrown leaves as the contract's error answer. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const clipiaError = toClipiaError(error)
  if (clipiaError.status >= 500) {
    request.log.error({ requestId: request.id, err: error, internal: clipiaError.internal }, 'request failed')
  }
  if (clipiaError.status === 401) void reply.header('www-authenticate', 'Bearer')
  if (clipiaError.retryAfterSeconds !== undefined) void reply.header('retry-after', clipiaError.retryAfterSeconds)
  const { code, param, message } = clipiaError
  const answer: ErrorAnswer = {
    error: {
      type: ERROR_CODES[code].type,
      // A body over the limit differs in its status only.
      code: code === 'payload_too_large' ? 'invalid_request' : code,
      message,
      ...(param !== undefined && { param }),
    },
  }
  void reply.code(clipiaError.status).type('application/json; charset=utf-8').send(JSON.stringify(answer))
}

function toClipiaError(error: unknown): ClipiaError {
  if (error instanceof ClipiaError) return error
  if (isFastifyError(error)) {
    if (error.validation !== undefined) return toValidationError(error)
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      return new ClipiaError('payload_too_large', 'The body is larger than 1 MB.', { cause: error })
    }
    if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return invalidRequest('The body must be a JSON object.', error)
    if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
      return invalidRequest('The body is not valid JSON.', error)
    }
    if (error.statusCode !== undefined && error.statusCode < 500)
      return invalidRequest('The request is malformed.', error)
  }
  return new ClipiaError('internal_error', 'Something went wrong here; quote the X-Request-Id when you report it.', {
    cause: error,
  })
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('code' in error || 'statusCode' in error || error instanceof SyntaxError)
}

function invalidRequest(message: string, cause: unknown, param?: string): ClipiaError {
  return new ClipiaError('invalid_request', message, { cause, ...(param !== undefined && { param }) })
}

/** Names the field that does not fit, and what is allowed there. */
function toValidationError(error: FastifyError): ClipiaError {
  const fault = error.validation?.[0]
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  const field = (fault?.instancePath ?? '').split('/').slice(1).join('.')
  const path = part === 'headers' ? headerName(field) : field
  const { additionalProperty, missingProperty, allowedValues } = (fault?.params ?? {}) as Record<string, unknown>
  if (typeof additionalProperty === 'string') {
    const name = additionalProperty.slice(0, 64)
    return invalidRequest(`The ${part} has an unknown field ${name}.`, error, name)
  }
  if (typeof missingProperty === 'string')
    return invalidRequest(`${missingProperty} is required.`, error, missingProperty)
  const allowed = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : ''
  return invalidRequest(`${path || `The ${part}`} ${fault?.message ?? 'is invalid'}${allowed}.`, error, path || part)
}
