import { createHash } from 'node:crypto'
import type { Answer } from './handler.ts'

/** Answers a text of JSON with its ETag, or 304 without one when the caller's copy is current. */
export function withEtag(json: string, ifNoneMatch: string | undefined): Answer {
  const etag = `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`
  const held = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (held?.some((tag) => tag === etag || tag === '*')) return { status: 304, body: null, headers: { etag } }
  return { body: json, headers: { etag, 'content-type': 'application/json; charset=utf-8' } }
}
