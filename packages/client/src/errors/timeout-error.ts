import { ClipiaApiError } from './api-error.ts'

/** `subscribe` waited as long as it may. The generation goes on: subscribe again with its `requestId`. Status 0. */
export class ClipiaTimeoutError extends ClipiaApiError {
  override readonly name = 'ClipiaTimeoutError'

  constructor({ generationId = '', timeoutMs }: { generationId?: string | undefined; timeoutMs: number }) {
    super({
      status: 0,
      code: 'subscribe_timeout',
      type: 'timeout_error',
      message: `request ${generationId} is not over after ${timeoutMs} ms; it goes on, and subscribe with this requestId resumes it`,
      requestId: generationId,
      generationId,
    })
  }
}
