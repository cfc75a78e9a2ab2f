import { createHash } from 'node:crypto'
import type { Answer } from './handler.ts'

/** Answers a body with its ETag, or 304 without one when the caller's copy is current. */
export function withEtag(body: unknown, ifNoneMatch: string | undefined): Answer {
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`
  const held = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  const headers = { etag }
  return held?.some((tag) => tag === etag || tag === '*') ? { status: 304, body: null, headers } : { body, headers }
}
