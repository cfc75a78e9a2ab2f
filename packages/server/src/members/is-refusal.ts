/**
 * Whether the sign-in library refused what the caller gave it (a 4xx of its own), rather than failed. Told by its
 * shape, so that the library is not loaded to ask.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
}
