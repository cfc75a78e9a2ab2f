import type { JsonValue } from '../json.ts'
import type { Field, Fields, ModelDocument, YamlNode } from './model-document.ts'
import { readInputMapping } from './read-input-mapping.ts'
import type { DeclaredParameters } from './read-parameters.ts'
import { readWhen } from './read-when.ts'
import type { Route } from './route.ts'

const ENGINE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MAX_ROUTES = 8

/** Reads what makes a model: `routes`, or `engine`, which is short for one route that takes every input as it is. */
export function readRoutes(
  document: ModelDocument,
  model: Fields,
  root: YamlNode,
  parameters: DeclaredParameters | null,
): readonly Route[] | null {
  const [engine, routes] = [model.get('engine'), model.get('routes')]
  if (engine !== undefined && routes !== undefined) {
    return document.note(routes.key, 'a model has either engine or routes')
  }
  if (routes !== undefined) return readList(document, routes, parameters)
  if (engine === undefined) return document.note(root, 'a model lacks the field routes (or engine, for a single one)')
  const fields = document.readMap(engine.value, 'engine', ['name', 'settings'])
  if (fields === null) return null
  const name = readEngineName(document, document.need(fields, 'name', engine.value, 'engine'), 'engine: name')
  const settings = readSettings(document, fields.get('settings'), 'engine: settings')
  return name === null ? null : [{ engine: name, settings, when: [], input: null }]
}

function readList(document: ModelDocument, field: Field, parameters: DeclaredParameters | null): Route[] | null {
  const items = document.readList(field.value, 'routes')
  if (items === null) return null
  if (items.length > MAX_ROUTES) document.note(field.key, `routes must have at most ${MAX_ROUTES} items`)
  const routes: Route[] = []
  for (const item of items) {
    const fields = document.readMap(item, 'a route', ['engine', 'settings', 'when', 'input'])
    if (fields === null) continue
    const engine = readEngineName(document, document.need(fields, 'engine', item, 'a route'), 'route: engine')
    const settings = readSettings(document, fields.get('settings'), 'route: settings')
    const when = readWhen(document, fields.get('when'), parameters)
    const input = readInputMapping(document, fields.get('input'), parameters)
    if (engine !== null) routes.push({ engine, settings, when, input })
  }
  return routes
}

function readEngineName(document: ModelDocument, node: YamlNode, what: string): string | null {
  return node && document.readText(node, what, 60, ENGINE_NAME)
}

function readSettings(document: ModelDocument, given: Field | undefined, what: string): Record<string, JsonValue> {
  const settings: Record<string, JsonValue> = {}
  const map = given && document.readMap(given.value, what)
  for (const setting of map?.values() ?? []) {
    settings[setting.name] = document.readJson(setting.value, `${what}: ${setting.name}`) ?? null
  }
  return settings
}
