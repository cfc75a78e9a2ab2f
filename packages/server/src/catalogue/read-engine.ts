import type { JsonValue } from '../json.ts'
import type { EngineChoice } from './model.ts'
import type { ModelDocument, YamlNode } from './model-document.ts'

const WORD = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Reads `engine`: its name, and the JSON it is told besides the input. */
export function readEngine(document: ModelDocument, node: YamlNode): EngineChoice | null {
  const fields = node && document.readMap(node, 'engine', ['name', 'settings'])
  if (fields === null) return null
  const nameNode = document.need(fields, 'name', node, 'engine')
  const name = nameNode && document.readText(nameNode, 'engine: name', 60, WORD)
  const settings: Record<string, JsonValue> = {}
  const given = fields.get('settings')
  const map = given && document.readMap(given.value, 'engine: settings')
  for (const setting of map?.values() ?? []) {
    settings[setting.name] = document.readJson(setting.value, `engine: settings: ${setting.name}`) ?? null
  }
  return name === null ? null : { name, settings }
}
