import type { Job } from '../engine.ts'

/** The paths of a model of fal. */
export interface Endpoint {
  /** Where jobs are submitted: with the whole name of the model. */
  submit: string
  /** Where jobs are asked for: with the first two parts of it only, after a namespace. */
  requests: string
}

const NAMESPACES: ReadonlySet<string> = new Set(['workflows', 'comfy'])
const PART = /^[\w.-]{1,100}$/

/** The endpoint a route names by its setting `model`, such as `fal-ai/flux/dev`; null where that is no name of a model. */
export function findEndpoint(settings: Job['settings']): Endpoint | null {
  const parts = typeof settings.model === 'string' ? settings.model.split('/') : []
  const isName = parts.every((part) => PART.test(part) && !/^\.+$/.test(part))
  const count = NAMESPACES.has(parts[0] ?? '') ? 3 : 2
  if (!isName || parts.length < count || parts.length > 8) return null
  return { submit: `/${parts.join('/')}`, requests: `/${parts.slice(0, count).join('/')}/requests` }
}
