/** Why a stranger's URL could not be reached; the message may be shown to the caller. */
export class FetchRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'FetchRefused'
  }
}
