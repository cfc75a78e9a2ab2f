/** The body of every error answer. */
export interface ApiErrorEnvelope {
  error: {
    type: string
    /** Stable code to branch on. */
    code: string
    message: string
    /** The one field to blame. */
    param?: string
  }
}
