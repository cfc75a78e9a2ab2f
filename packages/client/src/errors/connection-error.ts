import { type ApiErrorFacts, ClipiaApiError } from './api-error.ts'

/** No answer came: no connection, a connection that broke, or a call that took longer than `timeoutMs`. Status 0. */
export class ClipiaConnectionError extends ClipiaApiError {
  override readonly name = 'ClipiaConnectionError'

  constructor(facts: Pick<ApiErrorFacts, 'message' | 'cause' | 'generationId'>) {
    super({ ...facts, status: 0, code: 'network_error', type: 'connection_error' })
  }
}
