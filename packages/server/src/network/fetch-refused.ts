/** Why a stranger's URL could not be reached; the message may be shown to the caller. */
export class FetchRefused extends Error {
  /** The status it was answered with, where that is the reason. */
  readonly status: number | undefined

  constructor(message: string, cause?: unknown, status?: number) {
    super(message, { cause })
    this.name = 'FetchRefused'
    this.status = status
  }
}
