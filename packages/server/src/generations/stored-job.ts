import type { SandboxScenario } from '@clipia/contract'
import type { Model } from '../catalogue/model.ts'
import type { Route } from '../catalogue/route.ts'
import { SANDBOX_ENGINE } from '../engines/sandbox/scenarios.ts'
import type { JsonValue } from '../json.ts'

/** A route as it is kept with a request: its conditions are met already. */
export type StoredRoute = Pick<Route, 'engine' | 'settings' | 'input'>

/** What is kept with a request so that a changed or removed model file strands nothing. */
export interface StoredJob {
  type: 'image' | 'video' | 'audio'
  /** In the order to try them; not empty. */
  routes: readonly StoredRoute[]
  /** Parameters of the input that name media by URL. */
  mediaParameters: readonly string[]
  /** See `Model`. */
  chargesRejected: boolean
}

/** The JSON to keep with a request that may take these routes of a model. */
export function writeStoredJob(model: Model, routes: readonly Route[]): string {
  const job: StoredJob = {
    type: model.type,
    routes: routes.map(({ engine, settings, input }) => ({ engine, settings, input })),
    mediaParameters: [...model.parameters.values()]
      .filter(({ format, items }) => format === 'uri' || items?.format === 'uri')
      .map(({ name }) => name),
    chargesRejected: model.chargesRejected,
  }
  return JSON.stringify(job)
}

/** The JSON to keep with a request of the sandbox that plays a scenario, whatever routes its model has. */
export function writeScenarioJob(model: Model, scenario: SandboxScenario): string {
  const routes = [{ engine: SANDBOX_ENGINE, settings: { scenario }, input: null }]
  const job: StoredJob = { type: model.type, routes, mediaParameters: [], chargesRejected: false }
  return JSON.stringify(job)
}

/** Tells routes apart, whatever their model file is called and however it orders them. */
export function routeKey({ engine, settings }: Pick<StoredRoute, 'engine' | 'settings'>): string {
  return JSON.stringify([engine, settings])
}

/** What was kept before models had routes. */
interface SingleEngineJob {
  type: StoredJob['type']
  engine: string
  settings: Readonly<Record<string, JsonValue>>
}

/** Reads what was kept, by this program or an older one. */
export function readStoredJob(json: string): StoredJob {
  const job = JSON.parse(json) as StoredJob | SingleEngineJob
  if ('routes' in job) return job
  const { type, engine, settings } = job
  return { type, routes: [{ engine, settings, input: null }], mediaParameters: [], chargesRejected: false }
}
