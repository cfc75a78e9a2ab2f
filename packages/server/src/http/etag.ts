import { hash } from 'node:crypto'
import type { Answer } from './handler.ts'

/** A text of JSON with its ETag. */
export interface Tagged {
  json: string
  etag: string
}

/** Gives a text of JSON its ETag. */
export function tag(json: string): Tagged {
  return { json, etag: `"${hash('sha256', json, 'base64url').slice(0, 27)}"` }
}

/** Answers a text with its ETag, or 304 without it when the caller's copy is current. */
export function answerTagged({ json, etag }: Tagged, ifNoneMatch: string | undefined): Answer {
  const held = ifNoneMatch?.split(',').map((sent) => sent.trim().replace(/^W\//, ''))
  if (held?.some((sent) => sent === etag || sent === '*')) return { status: 304, body: null, headers: { etag } }
  return { body: json, headers: { etag, 'content-type': 'application/json; charset=utf-8' } }
}
