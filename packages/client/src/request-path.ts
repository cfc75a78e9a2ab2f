/** Path of a request, or of something of it. */
export function requestPath(requestId: string, action = ''): string {
  return `/v1/requests/${encodeURIComponent(requestId)}${action}`
}
