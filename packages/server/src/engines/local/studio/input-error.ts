/** The picture that was given cannot be used; the caller can mend it by sending another. */
export class InputError extends Error {
  readonly code = 'INPUT_UNREACHABLE'

  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'InputError'
  }
}
