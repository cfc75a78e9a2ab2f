import { toWire } from './load.ts'

/** What every benchmark submits. */
export const SUBMISSION = {
  path: '/v1/models/bench-1',
  body: JSON.stringify({ input: { prompt: 'a lighthouse at dusk, in the manner of an old travel poster' } }),
} as const

/** A submit with a key, as it goes over the wire. */
export function submitOnWire(key: string): string {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return toWire('POST', SUBMISSION.path, headers, SUBMISSION.body)
}

/** A submit with a key, for fetch. */
export function submitByFetch(key: string): RequestInit {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return { method: 'POST', headers, body: SUBMISSION.body }
}
