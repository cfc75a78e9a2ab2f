import type { RenditionErrorCode } from './rendition-task-types.ts'

/** Why no rendition was made; the code is what the parent acts on. */
export class RenditionError extends Error {
  readonly code: RenditionErrorCode

  constructor(code: RenditionErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'RenditionError'
    this.code = code
  }
}
