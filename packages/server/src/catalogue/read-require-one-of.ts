import type { Field, ModelDocument, YamlNode } from './model-document.ts'
import type { DeclaredParameters } from './read-parameters.ts'

/** Reads `require_one_of`: groups of two or more parameters, none of which is always filled anyway. */
export function readRequireOneOf(
  document: ModelDocument,
  field: Field | undefined,
  parameters: DeclaredParameters,
): readonly (readonly string[])[] | null {
  if (field === undefined) return []
  const groups = document.readList(field.value, 'require_one_of')
  return groups === null ? null : groups.map((group) => readGroup(document, group, parameters))
}

function readGroup(document: ModelDocument, node: YamlNode, parameters: DeclaredParameters): readonly string[] {
  const items = document.readList(node, 'each group of require_one_of') ?? []
  if (items.length === 1) document.note(node, 'each group of require_one_of must have two parameters or more')
  const names: string[] = []
  for (const item of items) {
    const name = document.readText(item, 'require_one_of', 64)
    if (name === null) continue
    const parameter = parameters.get(name)
    if (parameter === undefined) document.note(item, `require_one_of: there is no parameter ${name}`)
    if (names.includes(name)) document.note(item, `require_one_of has ${name} twice`)
    if (parameter?.required) document.note(item, `require_one_of: ${name} is always required`)
    const byDefault = parameter?.default
    const isEmpty = byDefault === undefined || byDefault === '' || (Array.isArray(byDefault) && byDefault.length === 0)
    if (!isEmpty) document.note(item, `require_one_of: ${name} has a default, so it is always given`)
    names.push(name)
  }
  return names
}
