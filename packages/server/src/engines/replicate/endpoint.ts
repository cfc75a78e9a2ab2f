import type { Job } from '../engine.ts'

/** Where and as what a prediction is made. */
export interface Endpoint {
  path: string
  /** Version to name in the body; null where the path says all. */
  version: string | null
}

const NAME = /^[a-z0-9][\w.-]{0,99}\/[\w.-]{1,100}$/i
const VERSION = /^[0-9a-f]{64}$/

/**
 * The endpoint a route names by its settings: `model` is `owner/name` of an official model or `owner/name:version` of any,
 * `deployment` an `owner/name` of one's own. Null where they name none, or both.
 */
export function findEndpoint({ model, deployment }: Job['settings']): Endpoint | null {
  if (typeof deployment === 'string' && model === undefined) {
    return NAME.test(deployment) ? { path: `/deployments/${deployment}/predictions`, version: null } : null
  }
  if (typeof model !== 'string' || deployment !== undefined) return null
  const [name = '', version, ...more] = model.split(':')
  if (!NAME.test(name) || more.length > 0) return null
  if (version === undefined) return { path: `/models/${name}/predictions`, version: null }
  return VERSION.test(version) ? { path: '/predictions', version } : null
}
