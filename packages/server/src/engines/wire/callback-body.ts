import type { Callback } from '../engine.ts'

/** The JSON of a callback, or null where it is none. */
export function readCallbackBody({ body }: Callback): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
